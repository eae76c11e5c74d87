import { describe, expect, it } from 'vitest';
import { encoded, signed } from '../../../infra/operate/signature.ts';

// The examples of docs.aws.amazon.com/AmazonS3/latest/API/sig-v4-header-based-auth.html, whose keys are AWS's own samples.
const keys = {
  accessKeyId: 'AKIAIOSFODNN7EXAMPLE',
  secretAccessKey: 'wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY',
};
const at = new Date('2013-05-24T00:00:00Z');
const signatureOf = (address: string) => {
  const url = new URL(address);
  const { authorization = '' } = signed({ method: 'GET', url, region: 'us-east-1', at }, keys);
  return /Signature=(\w+)$/.exec(authorization)?.[1];
};

describe('a signed request to S3', () => {
  it('is signed as AWS signs its examples', () => {
    expect(signatureOf('https://examplebucket.s3.amazonaws.com/?lifecycle=')).toBe(
      'fea454ca298b7da1c68078a5d1bdbfbbe0d65c699e0f91ac7a200a0136783543',
    );
    expect(signatureOf('https://examplebucket.s3.amazonaws.com/?max-keys=2&prefix=J')).toBe(
      '34b48302e7b5fa45bde8084f4b7868a86f0a534bc59db6670ed5711ef69dc6f7',
    );
  });

  it('does not depend on the order of the query', () => {
    expect(signatureOf('https://examplebucket.s3.amazonaws.com/?prefix=J&max-keys=2')).toBe(
      signatureOf('https://examplebucket.s3.amazonaws.com/?max-keys=2&prefix=J'),
    );
  });

  it('carries the token of temporary keys under the signature', () => {
    const url = new URL('https://examplebucket.s3.amazonaws.com/a');
    const headers = signed(
      { method: 'DELETE', url, region: 'us-east-1', at },
      { ...keys, sessionToken: 'token' },
    );
    expect(headers).toMatchObject({ 'x-amz-security-token': 'token', 'x-amz-date': '20130524T000000Z' });
    expect(headers.authorization).toContain(
      'SignedHeaders=host;x-amz-content-sha256;x-amz-date;x-amz-security-token,',
    );
  });

  it('writes names byte by byte', () => {
    expect(encoded("aws/lambda/a b+c(d)'*!ä~")).toBe('aws%2Flambda%2Fa%20b%2Bc%28d%29%27%2A%21%C3%A4~');
  });
});
