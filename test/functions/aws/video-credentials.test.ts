import {
  DeleteParameterCommand,
  GetParameterCommand,
  ParameterNotFound,
  PutParameterCommand,
  SSMClient,
  ThrottlingException,
} from '@aws-sdk/client-ssm';
import { mockClient } from 'aws-sdk-client-mock';
import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { clock } from '../../../functions/aws/clock.ts';
import {
  listVideoCredentials,
  loadVideoCredentials,
  removeVideoCredentials,
  setVideoCredentials,
} from '../../../functions/aws/video-credentials.ts';
import { idOf, MINUTE } from '../../../shared/kernel/index.ts';
import { videoCredentials } from '../../../shared/war-room/index.ts';
import { startDynamoDb } from '../../support/dynamodb.ts';

const ssm = mockClient(SSMClient);
let engine: Awaited<ReturnType<typeof startDynamoDb>>;
let now = Date.parse('2026-11-24T10:00:00Z');
let turn = 0;
let org = idOf('organisation', 0, 'x');
beforeAll(async () => {
  process.env.VIDEO_PARAMETERS = '/incident-management/Stack/video';
  engine = await startDynamoDb();
  vi.spyOn(clock, 'now').mockImplementation(() => now);
});
afterAll(async () => {
  vi.restoreAllMocks();
  ssm.restore();
  await engine.stop();
});
beforeEach(() => {
  ssm.reset();
  org = idOf('organisation', 0, String(turn++));
});

const zoom = videoCredentials.zoom.parse({ accountId: 'a', clientId: 'b', clientSecret: 'geheim' });
const set = (version: string) => {
  const by = { actor: { kind: 'person', id: 'per_ann', name: 'Ann' }, at: now, version } as const;
  return setVideoCredentials(org, 'zoom', zoom, by);
};
const answers = (credentials: object) =>
  ssm.on(GetParameterCommand).resolves({ Parameter: { Value: JSON.stringify(credentials) } });
const reads = () => ssm.commandCalls(GetParameterCommand).length;
const name = () => `/incident-management/Stack/video/${org}/zoom`;

describe('credentials of a video provider', () => {
  it('are kept encrypted under the path of the stack, and listed without what they are', async () => {
    await set('1');
    const [{ args: [put] = [] } = {}] = ssm.commandCalls(PutParameterCommand);
    expect(put?.input).toEqual({
      ...{ Name: name(), Type: 'SecureString', Overwrite: true },
      Value: JSON.stringify(zoom),
    });
    const listed = await listVideoCredentials(org);
    expect(listed).toMatchObject([{ provider: 'zoom', setAt: now, setBy: 'per_ann' }]);
    expect(JSON.stringify(listed)).not.toContain('geheim');
  });

  it('do not count when they could not be kept', async () => {
    ssm.on(PutParameterCommand).rejects(new Error('down'));
    await expect(set('1')).rejects.toThrow('down');
    expect(await loadVideoCredentials(org, 'zoom')).toBeUndefined();
    expect(reads()).toBe(0);
  });

  it('are read once a minute at most', async () => {
    answers(zoom);
    await set('1');
    for (let i = 0; i < 3; i++)
      expect(await loadVideoCredentials(org, 'zoom')).toEqual({ credentials: zoom, version: '1' });
    expect(reads()).toBe(1);
    now += MINUTE;
    await loadVideoCredentials(org, 'zoom');
    expect(reads()).toBe(2);
  });

  it('are the last that were read while Parameter Store throttles, which is asked again in a minute', async () => {
    answers(zoom);
    await set('1');
    await loadVideoCredentials(org, 'zoom');
    now += MINUTE;
    ssm
      .on(GetParameterCommand)
      .rejects(
        new ThrottlingException({ message: 'Rate exceeded', Message: 'Rate exceeded', $metadata: {} }),
      );
    for (let i = 0; i < 3; i++)
      expect(await loadVideoCredentials(org, 'zoom')).toMatchObject({ credentials: zoom });
    expect(reads()).toBe(2);
  });

  it('are read at once when others were set, also by another environment', async () => {
    answers(zoom);
    await set('1');
    await loadVideoCredentials(org, 'zoom');
    await set('2');
    answers({ ...zoom, accountId: 'other' });
    expect(await loadVideoCredentials(org, 'zoom')).toMatchObject({
      credentials: { accountId: 'other' },
      version: '2',
    });
  });

  it('are never those of before when the new ones cannot be read', async () => {
    answers(zoom);
    await set('1');
    await loadVideoCredentials(org, 'zoom');
    await set('2');
    ssm.on(GetParameterCommand).rejects(new Error('down'));
    await expect(loadVideoCredentials(org, 'zoom')).rejects.toThrow('down');
  });

  it('count no more once they are removed, and may be removed twice', async () => {
    answers(zoom);
    await set('1');
    await loadVideoCredentials(org, 'zoom');
    expect(await removeVideoCredentials(org, 'zoom')).toBe(true);
    expect(ssm.commandCalls(DeleteParameterCommand)[0]?.args[0].input).toEqual({ Name: name() });
    expect(await loadVideoCredentials(org, 'zoom')).toBeUndefined();
    ssm.on(DeleteParameterCommand).rejects(new ParameterNotFound({ message: '', $metadata: {} }));
    expect(await removeVideoCredentials(org, 'zoom')).toBe(false);
  });
});
