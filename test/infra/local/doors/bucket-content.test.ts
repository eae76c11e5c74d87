import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { deploy } from '../../../../infra/local/static-site/deployment.ts';
import { fakeWorld, made } from '../../../support/fake-world.ts';
import { bucketEngine, type TestEngine } from '../../../support/test-engines.ts';

let s3: TestEngine;
let folder = '';
beforeAll(async () => {
  s3 = await bucketEngine('site-bucket');
  folder = await mkdtemp(join(tmpdir(), 'assets-'));
  await mkdir(join(folder, 'site', 'assets'), { recursive: true });
  await mkdir(join(folder, 'config'));
  await writeFile(join(folder, 'site', 'index.html'), '<h1>$& it is</h1>');
  await writeFile(join(folder, 'site', 'assets', 'app.js'), 'go()');
  await writeFile(
    join(folder, 'config', 'config.json'),
    '{"api":"https://<<marker:0>>.execute-api.<<marker:1>>","name":"<<marker:2>>"}',
  );
});
afterAll(async () => {
  await s3.stop();
  await rm(folder, { recursive: true });
});

const run = async (properties: Record<string, unknown>, translate?: (text: string) => string) => {
  const assets = { 'site.zip': join(folder, 'site'), 'config.zip': join(folder, 'config') };
  const all = {
    SourceObjectKeys: ['site.zip'],
    DestinationBucketName: 'site-bucket',
    Prune: false,
    ...properties,
  };
  const world = fakeWorld({ assets, engines: { s3: s3.url } });
  await deploy(
    made('Deploy', 'Custom::CDKBucketDeployment', all),
    translate ? Object.assign(world, { translate }) : world,
  );
};
const read = async (key: string) => {
  const response = await fetch(`${s3.url}/site-bucket/${key}`);
  return {
    status: response.status,
    text: await response.text(),
    type: response.headers.get('content-type'),
    cache: response.headers.get('cache-control'),
  };
};

describe('a deployment', () => {
  test('puts each file under the prefix, with the type of its ending', async () => {
    await run({ DestinationBucketKeyPrefix: 'console/', SystemMetadata: { 'cache-control': 'max-age=60' } });
    expect(await read('console/index.html')).toEqual({
      status: 200,
      text: '<h1>$& it is</h1>',
      type: 'text/html',
      cache: 'max-age=60',
    });
    expect(await read('console/assets/app.js')).toMatchObject({ text: 'go()', type: 'text/javascript' });
  });

  test('writes values in place of markers, and makes the addresses that come together so local', async () => {
    const SourceMarkers = [
      { '<<marker:0>>': 'abc', '<<marker:1>>': 'amazonaws.com', '<<marker:2>>': 'say "$&"\n' },
    ];
    const source = {
      SourceObjectKeys: ['config.zip'],
      SourceMarkers,
      SourceMarkersConfig: [{ jsonEscape: true }],
    };
    await run(source, (text) =>
      text.replace('https://abc.execute-api.amazonaws.com', 'http://127.0.0.1:4000'),
    );
    expect(JSON.parse((await read('config.json')).text)).toEqual({
      api: 'http://127.0.0.1:4000',
      name: 'say "$&"\n',
    });
  });

  test('leaves alone what others wrote into the bucket', async () => {
    await fetch(`${s3.url}/site-bucket/status/acme.html`, { method: 'PUT', body: 'written at run time' });
    await run({});
    expect((await read('status/acme.html')).text).toBe('written at run time');
  });

  test('that would prune is refused, since that deletes what was written at run time', async () => {
    await expect(run({ Prune: true })).rejects.toThrow('Deploy: set prune: false');
    await expect(run({ Prune: undefined })).rejects.toThrow('prune');
  });

  test('into a bucket that is not there fails by name', async () => {
    await expect(run({ DestinationBucketName: 'no-such-bucket' })).rejects.toThrow(
      'into no-such-bucket: 404',
    );
  });
});
