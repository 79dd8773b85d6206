import { join } from 'node:path';
import { runScenario, testInSandbox } from './in-sandbox';

testInSandbox('a child answers each request, whatever it prints, and is gone when its channel is', () => {
  expect(runScenario(join(__dirname, 'channel-scenario.ts'), 15_000)).toEqual({
    echo: 'line\u2028separator\nand \u{1f680}',
    large: 3_000_000,
    failure: 'nothing to echo',
    silence: expect.stringContaining('gave no answer within 300 ms'),
    ended: expect.stringMatching(/ended with 3: .*its last words/s),
    afterwards: expect.stringContaining('has ended'),
    alive: false,
  });
});
