// Says in one sentence when this Node is too old, before anything obscure fails.

/** Ends the process with one plain sentence on a Node outside `engines` of package.json. */
export function requireNode() {
  const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);
  const isGood = (major === 20 && minor >= 19) || (major === 22 && minor >= 12) || major > 22;
  if (isGood) return;
  process.stderr.write(`Tracebench needs Node ^20.19 or >=22.12; this is ${process.versions.node}.\n`);
  process.exit(1);
}
