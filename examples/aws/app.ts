import { App } from 'aws-cdk-lib';
import { InternalStack } from './internal-stack';
import { MutualTlsStack } from './mutual-tls-stack';
import { PublicStack } from './public-stack';

const app = new App();
new PublicStack(app, 'Orders');
new InternalStack(app, 'Billing');
new MutualTlsStack(app, 'Ledger');
app.synth();
