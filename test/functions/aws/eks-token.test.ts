import { expect, it } from 'vitest';
import { tokenFor } from '../../../functions/aws/eks-token.ts';

const credentials = {
  accessKeyId: 'AKIDEXAMPLE',
  secretAccessKey: 'wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY',
  sessionToken: 'session/token+=',
};
const at = Date.parse('2026-11-28T03:00:00Z');

it('shows a cluster who we are by a question to STS, signed as the SDK signs it', () => {
  const token = tokenFor('production', 'eu-central-1', credentials, at);
  expect(token).toMatch(/^k8s-aws-v1\.[\w-]+$/);
  const url = new URL(Buffer.from(token.slice('k8s-aws-v1.'.length), 'base64url').toString());
  expect(url.host).toBe('sts.eu-central-1.amazonaws.com');
  expect(Object.fromEntries(url.searchParams)).toEqual({
    Action: 'GetCallerIdentity',
    Version: '2011-06-15',
    'X-Amz-Algorithm': 'AWS4-HMAC-SHA256',
    'X-Amz-Credential': 'AKIDEXAMPLE/20261128/eu-central-1/sts/aws4_request',
    'X-Amz-Date': '20261128T030000Z',
    'X-Amz-Expires': '60',
    'X-Amz-Security-Token': 'session/token+=',
    'X-Amz-SignedHeaders': 'host;x-k8s-aws-id',
    // What @smithy/signature-v4 makes of the same request, credentials and time.
    'X-Amz-Signature': '7ee8fb87cef3efef5f6f1befa86bae9e9c9fbc516dc67f3b1095310bf5e332ed',
  });
});

it('is another one for another cluster', () => {
  const tokens = ['production', 'staging'].map((name) => tokenFor(name, 'eu-central-1', credentials, at));
  expect(new Set(tokens).size).toBe(2);
});
