import { fakeAws, type Answer, type FakeAws } from './fake-aws';

/** One line of a log stream. */
export interface LogLine {
  readonly timestamp: number;
  readonly message: string;
}

/** Stands in for CloudWatch Logs with the one group `Orders-Logs`. */
export interface FakeLogs extends FakeAws {
  /** What each stream holds. */
  readonly streams: Map<string, LogLine[]>;
  /** The action of each call, as its header names it. */
  readonly actions: string[];
}

interface Call {
  readonly logGroupName: string;
  readonly logStreamName: string;
  readonly logEvents?: readonly LogLine[];
}

/** @param accepted what the API says of lines that it took */
export async function fakeLogs(accepted = '{}'): Promise<FakeLogs> {
  const streams = new Map<string, LogLine[]>();
  const actions: string[] = [];
  const aws = await fakeAws('logs', ({ headers }, body) => {
    const [, action = ''] = /^Logs_20140328\.(\w+)$/.exec(String(headers['x-amz-target'])) ?? [];
    actions.push(action);
    if (headers['content-type'] !== 'application/x-amz-json-1.1') return refused('SerializationException');
    const call = JSON.parse(body) as Call;
    if (call.logGroupName !== 'Orders-Logs') return refused('ResourceNotFoundException');
    const stream = streams.get(call.logStreamName);
    switch (action) {
      case 'CreateLogStream':
        if (stream !== undefined) return refused('ResourceAlreadyExistsException');
        streams.set(call.logStreamName, []);
        return { body: '' };
      case 'PutLogEvents':
        if (stream === undefined) return refused('ResourceNotFoundException');
        stream.push(...(call.logEvents ?? []));
        return { body: accepted };
      default:
        return refused('UnknownOperationException');
    }
  });
  return { ...aws, streams, actions };
}

const refused = (type: string): Answer => ({ status: 400, body: JSON.stringify({ __type: type }) });
