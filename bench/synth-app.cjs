// The public example alone, from what `npm run synth` compiled.
const { App } = require('aws-cdk-lib');
const { PublicStack } = require('../.build/examples/aws/public-stack.js');

const app = new App();
new PublicStack(app, 'Orders');
app.synth();
