// Imported first by every command, before any of its work. Node 12 has to be able to read this file, and the commands
// of a newcomer, npm start and npm test, which load the rest only then.
const OLDEST = [20, 19];

/** The sentence for a Node that is too old, or null. */
export function nodeProblem(version) {
  const [major = 0, minor = 0] = version.split('.').map(Number);
  if (major > OLDEST[0] || (major === OLDEST[0] && minor >= OLDEST[1])) return null;
  return `this needs Node ${OLDEST.join('.')} or newer; here is Node ${version}.`;
}

const problem = nodeProblem(process.versions.node);
if (problem !== null) {
  process.stderr.write(`\nDarcha: ${problem}\n`);
  process.stderr.write(
    'Next:   install the current Node LTS (https://nodejs.org) and run the command again.\n',
  );
  process.exit(6);
}
