import { type FunctionEntry, functions } from '../../shared/wiring/index.ts';
import { type Amounts, type Counted, total, type Work } from './counter.ts';
import { sum, type Usage } from './prices.ts';

/**
 * How long a call keeps a function waiting in AWS, in milliseconds. Assumed, not measured: single-digit milliseconds are what
 * DynamoDB and SQS promise within a region; calls are taken to come one after another, which makes it too much rather than too little.
 */
export const assumed = {
  own: 5,
  call: 8,
  'ses SendEmail': 60,
  /** Bytes of the lines START, END and REPORT, and of the gateway's access log. */
  platformLog: 350,
  accessLog: 350,
  /** Bytes of what a sender sends with one request, and of what it is answered, with all headers. */
  sent: 2_000,
  answered: 1_000,
} as const;

/**
 * What senders reach by the host for alerts, which is before the gateway; people and the canary do not come that way. Of Alerts only
 * calls of heartbeats are counted.
 */
const atTheHost: ReadonlySet<string> = new Set(['Receive', 'Alerts']);

/** What work costs: requests to the gateway are the invocations of what stands behind it. */
export function usageOf(counted: Counted, memoryOf: (name: string) => number): Usage {
  return sum(Object.entries(counted).map(([name, work]) => usageOfOne(name, work, memoryOf(name))));
}

function usageOfOne(name: string, work: Work, megabytes: number): Usage {
  const { trigger } = entryOf(name);
  const { invocations, calls, logBytes } = work;
  const requests = trigger === 'http' ? invocations : 0;
  // What a queue gives is received with one request and deleted with another.
  const taken = trigger === 'queue' ? 2 * invocations : 0;
  const logged = logBytes + invocations * assumed.platformLog + requests * assumed.accessLog;
  return {
    restRequests: requests,
    ...(atTheHost.has(name) && ofHost(requests)),
    ...(name === 'ReceiveMail' && { mailsIn: invocations }),
    invocations,
    gigabyteSeconds: (secondsOf(work) * megabytes) / 1024,
    writeUnits: total(work.writes),
    readUnits: total(work.reads),
    queueRequests: work.queueRequests + taken,
    // A message with a group is sent, received and deleted.
    fairQueueRequests: 3 * work.fairQueueRequests,
    mails: (calls['ses SendEmail'] ?? 0) + (calls['ses SendRawEmail'] ?? 0),
    // The mail that a function is told of was put there by SES.
    fileWrites: amountOf(calls, /^s3 (?:PUT|POST|LIST)$/) + (name === 'ReceiveMail' ? invocations : 0),
    fileReads: amountOf(calls, /^s3 (?:GET|HEAD)$/),
    secretCalls: calls['secrets GetSecretValue'] ?? 0,
    schedules: trigger === 'schedule' ? invocations : 0,
    logGigabytes: logged / 1e9,
  };
}

/** Each request runs the function that takes off a last slash. */
const ofHost = (requests: number): Usage => ({
  ...{ cdnRequests: requests, cdnRuns: requests },
  cdnGigabytes: (requests * assumed.answered) / 1e9,
  originGigabytes: (requests * assumed.sent) / 1e9,
});

const amountOf = (calls: Amounts, which: RegExp): number =>
  total(Object.fromEntries(Object.entries(calls).filter(([name]) => which.test(name))));

function secondsOf({ invocations, calls }: Work): number {
  const waited = Object.entries(calls).map(
    ([name, amount]) => amount * (name.startsWith('ses ') ? assumed['ses SendEmail'] : assumed.call),
  );
  return (invocations * assumed.own + waited.reduce((a, b) => a + b, 0)) / 1_000;
}

function entryOf(name: string): FunctionEntry {
  const entry = Object.entries(functions).find(([known]) => known === name)?.[1];
  if (entry === undefined) throw new Error(`${name} is no function of shared/wiring`);
  return entry;
}
