import { fakeAws, type FakeAws } from './fake-aws';

/** The volume as EC2 knows it. */
export interface VolumeState {
  /** Id of the machine that has it, or empty. */
  holder: string;
  /** Value of the marker tag, or empty. */
  tag: string;
  /** Id that EC2 answers with. */
  id: string;
  /** Id of another volume with the marker that is asked for, or empty. */
  other?: string;
}

/** Stands in for the EC2 query API. */
export interface FakeEc2 extends FakeAws {
  readonly volume: VolumeState;
  /** Query of each call that was let through. */
  readonly calls: URLSearchParams[];
}

/** @param onAttach what the machine sees when a volume was attached to it */
export async function fakeEc2(volume: VolumeState, onAttach: () => void): Promise<FakeEc2> {
  const calls: URLSearchParams[] = [];
  const aws = await fakeAws('ec2', (_, body) => {
    const query = new URLSearchParams(body);
    calls.push(query);
    return { body: answer(query, volume, onAttach) };
  });
  return { ...aws, volume, calls };
}

function answer(query: URLSearchParams, volume: VolumeState, onAttach: () => void): string {
  switch (String(query.get('Action'))) {
    case 'DescribeVolumes': {
      if (query.has('Filter.1.Name')) return found(query, volume);
      const attached = volume.holder === '' ? '' : `<item>\n<instanceId>${volume.holder}</instanceId>\n</item>`;
      const name = '<item>\n<key>Name</key>\n<value>data</value>\n</item>';
      const tag =
        volume.tag === '' ? '' : `<item>\n<key>portcullis:marker</key>\n<value>${volume.tag}</value>\n</item>`;
      return `<volumeSet>\n<item>\n<volumeId>${volume.id}</volumeId>\n<attachmentSet>${attached}</attachmentSet>\n<tagSet>\n${name}${tag}\n</tagSet>\n</item>\n</volumeSet>\n`;
    }
    case 'AttachVolume':
      volume.holder = String(query.get('InstanceId'));
      onAttach();
      return '<status>attaching</status>';
    case 'CreateTags':
      volume.tag = String(query.get('Tag.1.Value'));
      return '<return>true</return>';
    default:
      return '<Code>InvalidAction</Code>';
  }
}

function found(query: URLSearchParams, { other = '' }: VolumeState): string {
  if (query.get('Filter.1.Name') !== 'tag:portcullis:marker') return '<Code>InvalidParameterValue</Code>';
  return other === ''
    ? '<volumeSet/>\n'
    : `<volumeSet>\n<item>\n<volumeId>${other}</volumeId>\n<tagSet/>\n</item>\n</volumeSet>\n`;
}
