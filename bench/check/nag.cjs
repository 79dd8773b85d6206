// cdk-nag with its pack AwsSolutions on a template: `node nag.cjs TEMPLATE`.
const { App, Stack } = require('aws-cdk-lib');
const { CfnInclude } = require('aws-cdk-lib/cloudformation-include');
const { AwsSolutionsChecks } = require('cdk-nag');

const app = new App();
new CfnInclude(new Stack(app, 'Included'), 'Template', { templateFile: process.argv[2] });
console.log(new AwsSolutionsChecks(app).validateScope(app).violations.length);
