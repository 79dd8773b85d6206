// The framework, and what of the provider ours uses: its names come as arguments.
require('cdktf');
for (const name of process.argv.slice(2)) require(`@cdktf/provider-google/lib/${name}`);
