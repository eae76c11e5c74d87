import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { confirm } from '../../../functions/alerts/confirm-sns.ts';
import { isOfSns, verifySns } from '../../../functions/alerts/verify-sns.ts';
import { OutboundFailure, outbound } from '../../../functions/edge/outbound.ts';
import { targetOf } from '../../../functions/edge/outbound-target.ts';
import { SECOND } from '../../../shared/kernel/index.ts';
import { fixture } from '../../support/alert-fixture.ts';
import { type SnsSigner, snsSigner } from '../../support/sns-signer.ts';

/** Of a client that reaches only this machine, and there one server. */
let amazon: SnsSigner;
let origin = '';
const asked: string[] = [];
const server = createServer((request, response) => {
  asked.push(request.url ?? '');
  response.end(request.url?.endsWith('.pem') ? amazon.cert : '<ConfirmSubscriptionResponse/>');
});
beforeAll(async () => {
  amazon = await snsSigner();
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});
afterAll(() => server.close());

const ports = (allowed: readonly string[]) => {
  const send = outbound(new Set(allowed));
  const limits = () => ({ until: Date.now() + 2 * SECOND, tries: 1, repeatable: true });
  return {
    visit: (url: string) => send({ method: 'GET', url, isForSns: true }, limits()),
    now: () => Date.now(),
    fault: () => undefined,
  };
};
const envelope = () => ({
  ...(fixture('cloudwatch/alarm') as object),
  Timestamp: new Date().toISOString(),
});
const isHere = (url: URL) => url.origin === origin;

describe('the certificate of a message', () => {
  it('comes through the guarded client', async () => {
    const signed = amazon.signed(envelope(), `${origin}/one.pem`);
    await verifySns(signed, undefined, ports([origin]), isHere);
    expect(asked).toContain('/one.pem');
    await expect(verifySns({ ...signed, Subject: 'x' }, undefined, ports([origin]), isHere)).rejects.toThrow(
      'does not fit',
    );
  });

  it('is not fetched from this machine where nobody allowed it, nor by a pattern that only Amazon fits', async () => {
    const signed = amazon.signed(envelope(), `${origin}/two.pem`);
    await expect(verifySns(signed, undefined, ports([]), isHere)).rejects.toMatchObject({
      code: 'unavailable',
    });
    await expect(verifySns(signed, undefined, ports([origin]))).rejects.toMatchObject({ code: 'forbidden' });
    expect(asked).not.toContain('/two.pem');
  });
});

describe('a confirmation', () => {
  it('is told at the address that the message names', async () => {
    const of = 'arn:aws:sns:eu-central-1:210987654321:alarms';
    const address = `${origin}/?Action=ConfirmSubscription&Token=1`;
    await confirm({ of, address }, [of], ports([origin]), isHere);
    expect(asked).toContain('/?Action=ConfirmSubscription&Token=1');
  });
});

describe('the guarded client', () => {
  it('goes to Amazon SNS only for its messages, and to nothing else of AWS even then', () => {
    const sns = 'https://sns.eu-central-1.amazonaws.com/a.pem';
    expect(targetOf(sns, new Set(), undefined, true).isAllowed).toBe(false);
    expect(() => targetOf(sns, new Set())).toThrow(OutboundFailure);
    for (const url of [
      'https://sqs.eu-central-1.amazonaws.com/',
      'https://sns.internal/',
      'https://sns.x.amazonaws.com/',
      'https://sns.s3-us-west-2.amazonaws.com/x.pem',
      'https://sns.s3.amazonaws.com/x.pem',
    ])
      expect(() => targetOf(url, new Set(), undefined, true), url).toThrow(/leads inside/);
  });

  it('takes no look-alike for Amazon SNS', () => {
    const like = (text: string) => isOfSns(new URL(text));
    for (const text of [
      'us-gov-west-1.amazonaws.com',
      'cn-north-1.amazonaws.com.cn',
      'ap-southeast-3.amazonaws.com',
    ])
      expect(like(`https://sns.${text}/x.pem`), text).toBe(true);
    for (const text of [
      'https://sns.s3-us-west-2.amazonaws.com/x.pem',
      'https://sns.eu-1.amazonaws.com/x.pem',
      'https://sns.eu-1.amazonaws.com.cn.x/',
      'https://xsns.eu-1.amazonaws.com/',
      'ftp://sns.eu-1.amazonaws.com/',
    ])
      expect(like(text), text).toBe(false);
  });
});
