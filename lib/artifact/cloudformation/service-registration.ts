import type { Property } from '../property';
import { type Resource, referredId } from '../resource';
import type { ServiceRegistration } from '../service-registration';
import { toLiteral, toText } from '../value';
import { quiet } from './network/quiet';
import type { Resources } from './resources';

const CUSTOM = /^(?:Custom::|AWS::CloudFormation::CustomResource$)/;

/** Reads the custom resources that register a service, known by what they are given. */
export function readServiceRegistrations(resources: Resources): readonly ServiceRegistration[] {
  const types = [...new Set(resources.declared.map(({ type }) => type).filter((type) => CUSTOM.test(type)))];
  return resources.ofType(...types).flatMap((resource): readonly ServiceRegistration[] => {
    const properties = quiet(resource);
    const adminUrl = toText(properties.get('adminUrl').value);
    if (adminUrl === undefined || !properties.get('serviceLambdaArn').present) return [];
    const named = ['ServiceToken', 'serviceLambdaArn'].map((name) => referredId(properties.get(name).value));
    return [
      {
        id: resource.id,
        adminUrl,
        showsToken: properties.get('authTokenSecretArn').present,
        takesAnyCertificate: flag(properties.get('insecure')),
        isPrivate: flag(properties.get('private')),
        removes: removes(properties.get('removalPolicy')),
        functions: [...new Set(named.flatMap((id) => functionOf(id, resources)))],
      },
    ];
  });
}

function flag({ present, value }: Property): boolean | 'unknown' {
  const said = toLiteral(value);
  return !present ? false : said === 'true' ? true : said === 'false' ? false : 'unknown';
}

function removes({ present, value }: Property): boolean | 'unknown' {
  const said = toLiteral(value);
  return !present || said === 'retain' ? false : said === 'destroy' ? true : 'unknown';
}

/** By itself, or by a version or an alias of it. */
function functionOf(id: string | undefined, resources: Resources): readonly string[] {
  const all = resources.ofType('AWS::Lambda::Function', 'AWS::Lambda::Version', 'AWS::Lambda::Alias');
  const found: Resource | undefined = all.find((each) => each.id === id);
  if (found === undefined) return [];
  if (found.type === 'AWS::Lambda::Function') return [found.id];
  const of = referredId(quiet(found).get('FunctionName').value);
  return of === undefined || of === id ? [] : functionOf(of, resources);
}
