// Loaded before an app: prints the CPU time of its whole process in ms, as the last line, when it ends.
process.on('exit', () => {
  const { user, system } = process.cpuUsage();
  console.log(Math.round((user + system) / 1000));
});
