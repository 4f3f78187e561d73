import { stringAt } from '../json.ts';
import type { KindDefinition } from './kind-definition.ts';

/** A request to an MCP server for the list of its tools. */
export const mcpToolsKind: KindDefinition = {
  kind: 'mcp_tools',
  label: 'MCP tools',
  wireTypes: ['mcp_tools'],
  describe: (data) => ({ name: stringAt(data, 'server') ?? stringAt(data, 'name') }),
};
