import { MUTANTS } from './catalogue';
import type { Cloud } from './cloud';
import { GOOGLE_MUTANTS } from './google/catalogue';
import type { Configuration } from './google/configuration';
import { type GoogleExample, secureConfiguration } from './google/secure-configuration';
import type { Example } from './mutant';
import { secureTemplate } from './secure-template';
import type { Template } from './template';

export const AWS: Cloud<Template, Example> = {
  mutants: MUTANTS,
  fileName: 'mutant.template.yaml',
  usual: 'Orders',
  secure: secureTemplate,
};

export const GOOGLE: Cloud<Configuration, GoogleExample> = {
  mutants: GOOGLE_MUTANTS,
  fileName: 'cdk.tf.json',
  usual: 'Invoices',
  secure: secureConfiguration,
};
