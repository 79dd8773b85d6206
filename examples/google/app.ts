import { App } from 'cdktf';
import { InternalStack } from './internal-stack';
import { PublicStack } from './public-stack';

const app = new App({ outdir: 'cdktf.out' });
new InternalStack(app, 'Invoices');
new PublicStack(app, 'Storefront');
app.synth();
