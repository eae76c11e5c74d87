import { describe, expect, it } from 'vitest';
import { Role } from '../../../../infra/local/iam/role.ts';
import { readStatements } from '../../../../infra/local/iam/statement.ts';
import type { Answer } from '../../../../infra/local/proxy/answer.ts';
import { accessKeyOf } from '../../../../infra/local/proxy/caller.ts';
import { needsOf } from '../../../../infra/local/proxy/needs/index.ts';
import { Passage } from '../../../../infra/local/proxy/passage.ts';

const read = { Effect: 'Allow', Action: 's3:GetObject', Resource: 'arn:aws:s3:::pages/private/*' };
const list = { Effect: 'Allow', Action: 's3:ListBucket', Resource: 'arn:aws:s3:::pages' };

/** How S3 answers a function with this policy that asks for an object which the engine answers with this status. */
async function asked(
  statements: readonly object[],
  status: number,
  operation = 'GET /pages/private/state.json',
) {
  const role = new Role('arn:aws:iam::1:role/r', readStatements({ Statement: statements }, 'a policy'));
  const passage = new Passage({ role: () => role, crash: () => undefined, log: () => undefined });
  const key = accessKeyOf({ function: 'Publish', environment: 1 });
  const ending = await passage.pass({
    ...{ service: 's3', operation, asked: Buffer.from('') },
    authorization: `AWS4-HMAC-SHA256 Credential=${key}/20260101/us-east-1/s3/aws4_request`,
    needs: (call) =>
      needsOf('s3', call, { shapes: new Map(), account: { id: '1', region: 'us-east-1' }, secrets: [] }),
    doing: async () => ({ status, headers: {}, body: Buffer.from('') }) as unknown as Answer,
  });
  return typeof ending === 'string' ? ending : ending.status;
}

describe('an object that is not there', () => {
  it('is missing for who may list the bucket, and forbidden for everybody else, as in AWS', async () => {
    expect(await asked([read, list], 404)).toBe(404);
    expect(await asked([read], 404)).toBe(403);
  });

  it('that is there is given to who may read it', async () => expect(await asked([read], 200)).toBe(200));

  it('asks no leave to list of a bucket that is not there itself', async () =>
    expect(await asked([list], 404, 'GET /pages')).toBe(404));
});
