import { loggingQuery } from '../../../../lib/check/operations/google/logging-query';

const ENTRY = {
  logName: 'projects/p/logs/x',
  severity: 'ERROR',
  jsonPayload: { message: '{"log":"ingress","status":401}', instance: { name: 'machine' } },
};

test.each([
  ['', true],
  ['logName="projects/p/logs/x"', true],
  ['logName="projects/p/logs/y"', false],
  ['logName:"logs/x"', true],
  ['severity!="ERROR"', false],
  ['severity=error', true],
  [String.raw`jsonPayload.message=~"\"status\":40[13][,}]"`, true],
  [String.raw`jsonPayload.message!~"\"status\":40[13][,}]"`, false],
  [String.raw`jsonPayload.message=~"\"status\":429"`, false],
  ['jsonPayload.instance.name="machine" AND severity="INFO"', false],
  ['jsonPayload.instance.name="machine" severity="ERROR"', true],
  ['severity="INFO" OR jsonPayload.instance.name="machine"', true],
  ['(severity="INFO" OR severity="ERROR") AND NOT logName="other"', true],
  ['NOT (severity="ERROR")', false],
  ['jsonPayload.missing="x"', false],
  ['jsonPayload="x"', false],
])('%s lets an entry through: %s', (filter, is) => {
  expect(loggingQuery(filter)?.(ENTRY)).toBe(is);
});

test.each([
  ['sample(insertId, 0.1)'],
  ['severity>=ERROR'],
  ['severity="ERROR" AND'],
  ['(severity="ERROR"'],
  ['severity="ERROR")'],
  ['"words alone"'],
  ['severity='],
  ['jsonPayload.message=~"("'],
  ['jsonPayload.message=~"(a+)+$"'],
  ['jsonPayload.message=~"((a)*)*$"'],
])('%s is not understood', (filter) => {
  expect(loggingQuery(filter)).toBeUndefined();
});
