// Loaded before an app: prints what its process took, as the last line, when it ends.
const ms = ({ user, system }) => Math.round((user + system) / 100) / 10;
let imports = { user: 0, system: 0 };

/** Says that all is imported: what comes now is the work itself. */
exports.imported = () => {
  imports = process.cpuUsage();
};

process.on('exit', () => {
  const memory = Math.round(process.resourceUsage().maxRSS / 1024);
  console.log(JSON.stringify({ cpu: ms(process.cpuUsage()), work: ms(process.cpuUsage(imports)), memory }));
});
