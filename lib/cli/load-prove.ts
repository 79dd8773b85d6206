/** All that proves, loaded when somebody asks for it: each other command would wait for as many modules again as it needs. */
export function loadProve(): typeof import('../prove') {
  // An import would load it with the command line, and a dynamic one does not find a folder.
  // oxlint-disable-next-line typescript/no-require-imports
  return require('../prove') as typeof import('../prove');
}
