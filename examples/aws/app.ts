import { App } from 'aws-cdk-lib';
import { InternalStack } from './internal-stack';
import { PublicStack } from './public-stack';

const app = new App();
new PublicStack(app, 'Orders');
new InternalStack(app, 'Billing');
app.synth();
