import { expect, it } from 'vitest';
import { compilePlugin } from '../../../../electron/host/plugins/compile-plugin.ts';

it('tells a slip where it is, and not at the type of what is kept, which stands before it', () => {
  const source = (slip: string): string => `export default definePlugin<{
  tools: readonly string[];
}>({
  analyses: {
    tools: { map: (trace) => ${slip}[trace.id], reduce: (parts) => parts },
  },
});
`;
  expect(compilePlugin(source(''), 'hello.ts')).toContain('map: (trace) => [trace.id]');
  expect(() => compilePlugin(source('const '), 'hello.ts')).toThrow(/hello\.ts.*\(5:\d+\)/);
  expect(() => compilePlugin(source('('), 'hello.ts')).toThrow(/hello\.ts.*\([56]:\d+\)/);
});

it('keeps the lines of the author', () => {
  const lines = compilePlugin('interface A {\n  a: 1;\n}\nexport const plugin = {};\n', 'hello.ts').split(
    '\n',
  );
  expect(lines[3]).toContain('plugin');
});
