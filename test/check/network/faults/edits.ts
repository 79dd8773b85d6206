import { container, type Properties, type Template } from '../../../mutants/template';
import type { Groups } from '../parts';

/** A change of a template, with its groups. */
export type Edit = (template: Template, groups: Groups) => void;

/** One fault, and what has to be said of it. */
export interface Fault {
  readonly example: 'Orders' | 'Billing' | 'Ledger';
  readonly edit: Edit;
  /** Claims that break, each with what its evidence names. */
  readonly breaks: Readonly<Record<string, RegExp>>;
}

/** A rule for ports of TCP. */
export const tcp = (from: number, to: number, peer: Properties): Properties => ({
  IpProtocol: 'tcp',
  FromPort: from,
  ToPort: to,
  ...peer,
});

/** Admits more to a group, by resources of their own. */
export function admit(group: keyof Groups, ...rules: readonly Properties[]): Edit {
  return (template, groups) => {
    rules.forEach((rule, index) => {
      template.Resources[`Fault${index}`] = {
        Type: 'AWS::EC2::SecurityGroupIngress',
        Properties: { GroupId: { 'Fn::GetAtt': [groups[group], 'GroupId'] }, ...rule },
      };
    });
  };
}

/** Lets more out of a group, inside it. */
export function letOut(group: keyof Groups, ...rules: readonly Properties[]): Edit {
  return (template, groups) => {
    const { Properties: properties } = template.Resources[groups[group]] as { Properties: Properties };
    properties['SecurityGroupEgress'] = [...(properties['SecurityGroupEgress'] as readonly unknown[]), ...rules];
  };
}

/** The members of a group as the other side of a rule. */
export const member = (groups: Groups, name: keyof Groups, side: 'Source' | 'Destination' = 'Source'): Properties => ({
  [`${side}SecurityGroupId`]: { 'Fn::GetAtt': [groups[name], 'GroupId'] },
});

/** Has the server listen over TCP at an address. */
export function listen(name: string, port: number, bind: string): Edit {
  return (template) => {
    const { Environment } = container(template, 'restate');
    for (const [key, value] of [
      [`RESTATE_${name}BIND_ADDRESS`, `${bind}:${port}`],
      [`RESTATE_${name}LISTEN_MODE`, 'tcp'],
    ] as const) {
      const said = Environment.find((each) => each.Name === key);
      if (said === undefined) Environment.push({ Name: key, Value: value });
      else said.Value = value;
    }
  };
}

/** Several changes, one after another. */
export const all =
  (...edits: readonly Edit[]): Edit =>
  (template, groups) =>
    edits.forEach((edit) => {
      edit(template, groups);
    });
