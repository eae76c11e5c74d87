import { describe, expect, test } from 'vitest';
import { distribution } from '../../../../infra/local/resources/distribution.ts';
import { translator } from '../../../../infra/local/template/translate.ts';

const account = { id: '123456789012', region: 'eu-central-1', suffix: 'amazonaws.com' };
const cdn = distribution.find(({ type }) => type === 'AWS::CloudFront::Distribution');
const declared = (ViewerProtocolPolicy: string) => ({
  id: 'Site',
  type: 'AWS::CloudFront::Distribution',
  properties: { DistributionConfig: { DefaultCacheBehavior: { TargetOriginId: 'a', ViewerProtocolPolicy } } },
});
const addresses = (policy: string) => cdn?.addresses?.(declared(policy), account, () => 4004) ?? [];

describe('a distribution that answers by https alone', () => {
  test('does so here too, and keeps its port, since senders were set up with it', () => {
    expect(addresses('https-only').map(([, local]) => local)).toEqual([
      'https://127.0.0.1:4004',
      '127.0.0.1:4004',
    ]);
    expect(cdn?.keepsPort?.(declared('https-only'))).toContain('senders were set up to send');
  });

  test('is another than a site for browsers, which would not trust a certificate of this machine', () => {
    expect(addresses('redirect-to-https')[0]?.[1]).toBe('http://127.0.0.1:4004');
    expect(cdn?.keepsPort?.(declared('redirect-to-https'))).toBeUndefined();
  });

  test('has its own name replaced, and no other', () => {
    const [[whole = ''] = [], [name = ''] = []] = addresses('https-only');
    expect(whole).toBe(`https://${name}`);
    expect(name).toMatch(/^d\w{13}\.cloudfront\.net$/);
  });

  test('has a name of its own replaced only as an address, for a mail domain may be called the same', () => {
    const { properties, ...rest } = declared('https-only');
    const DistributionConfig = { ...properties.DistributionConfig, Aliases: ['alerts.example.com'] };
    const all = cdn?.addresses?.({ ...rest, properties: { DistributionConfig } }, account, () => 4004) ?? [];
    const translate = translator(all);
    expect(translate('https://alerts.example.com/v2/enqueue')).toBe('https://127.0.0.1:4004/v2/enqueue');
    expect(translate('key@alerts.example.com')).toBe('key@alerts.example.com');
    expect(all).toEqual(expect.arrayContaining([...addresses('https-only')]));
  });
});
