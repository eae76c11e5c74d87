import type { EnvName } from './env.ts';

export type Trigger = 'http' | 'authorizer' | 'queue' | 'stream' | 'socket' | 'schedule' | 'event';

/** One Lambda function: where its entry is, what starts it and which settings it needs. */
export interface FunctionEntry {
  readonly trigger: Trigger;
  /** The file under functions/, without `.ts`; it exports `handler`. */
  readonly entry: string;
  readonly env: readonly EnvName[];
  /** Seconds that it may take; left out, as long as every function. */
  readonly seconds?: number;
  /** Files of packages that it reads, which go along in its `node_modules`. */
  readonly files?: readonly string[];
}

/** What each function needs beside its own settings: lines about faults are counted under the name of the system. */
export const everyFunctionNeeds = ['systemName'] as const satisfies readonly EnvName[];

/** Every Lambda of the system. The name is stable: CloudFormation knows the function by it. */
export const functions = {
  Receive: {
    trigger: 'http',
    entry: 'alerts/receive.http',
    env: ['table', 'alertQueue', 'integrationParameters', 'deliveryBucket', 'allowedEndpoints'],
  },
  TakeEvents: { trigger: 'event', entry: 'alerts/take-events.event', env: ['table', 'alertQueue'] },
  ReceiveMail: {
    trigger: 'event',
    entry: 'alerts/receive-mail.event',
    env: ['table', 'alertQueue', 'deliveryBucket'],
  },
  Alerts: {
    trigger: 'http',
    entry: 'alerts/routes',
    env: [
      'table',
      'alertQueue',
      'integrationParameters',
      'deliveryBucket',
      'alertsUrl',
      'inboundDomain',
      'consoleUrl',
    ],
  },
  Incidents: {
    trigger: 'http',
    entry: 'incidents/routes',
    env: ['table', 'escalationQueue', 'publicUrl', 'consoleUrl'],
  },
  Timeline: { trigger: 'http', entry: 'timeline/routes', env: ['table', 'publicUrl', 'consoleUrl'] },
  Metrics: { trigger: 'http', entry: 'metrics/routes', env: ['table', 'publicUrl', 'consoleUrl'] },
  Postmortems: {
    trigger: 'http',
    entry: 'postmortems/routes',
    env: ['table', 'consoleUrl', 'bedrockModel', 'bedrockGuardrail'],
    // A model takes longer to write than anything else does; the gateway waits 29 seconds.
    seconds: 29,
  },
  PostmortemPdf: {
    trigger: 'http',
    entry: 'postmortems/get-pdf.http',
    env: ['table', 'consoleUrl'],
    files: ['', '-Bold', '-Oblique', '-BoldOblique'].map(
      (face) => `dejavu-fonts-ttf/ttf/DejaVuSans${face}.ttf`,
    ),
  },
  OnCall: {
    trigger: 'http',
    entry: 'on-call/routes',
    env: ['table', 'deliveryQueue', 'secret', 'channelParameters', 'consoleUrl'],
  },
  Identity: {
    trigger: 'http',
    entry: 'identity/routes',
    env: ['table', 'issuer', 'administrator', 'organisation', 'consoleUrl', 'socketEndpoint'],
  },
  Configuration: {
    trigger: 'http',
    entry: 'configuration/routes',
    env: ['table', 'consoleUrl'],
    // To play days of signals again takes longer than anything else; the gateway waits 29 seconds.
    seconds: 29,
  },
  WarRoom: {
    trigger: 'http',
    entry: 'war-room/routes',
    env: ['table', 'secret', 'videoParameters', 'allowedEndpoints', 'consoleUrl'],
  },
  StatusApi: {
    trigger: 'http',
    entry: 'status/routes',
    env: ['table', 'publishQueue', 'mailingQueue', 'secret', 'statusUrl', 'consoleUrl'],
  },
  Runbooks: {
    trigger: 'http',
    entry: 'runbooks/routes',
    env: [
      'table',
      'runbookQueue',
      'clusterParameters',
      'runbookFunctions',
      'runbookDocuments',
      'runbookClusters',
      'allowedEndpoints',
      'publicUrl',
      'consoleUrl',
    ],
  },
  Api: { trigger: 'http', entry: 'api/routes', env: ['publicUrl', 'consoleUrl', 'socketUrl'] },
  Authorize: {
    trigger: 'authorizer',
    entry: 'identity/authorize.authorizer',
    env: ['table', 'issuer', 'clientId', 'commandsClientId'],
  },
  Ticket: { trigger: 'authorizer', entry: 'war-room/ticket.authorizer', env: ['table'] },
  Connect: { trigger: 'socket', entry: 'war-room/connect.socket', env: ['table'] },
  Disconnect: {
    trigger: 'socket',
    entry: 'war-room/disconnect.socket',
    env: ['table', 'roomQueue', 'socketEndpoint'],
  },
  Message: {
    trigger: 'socket',
    entry: 'war-room/message.socket',
    env: ['table', 'roomQueue', 'socketEndpoint'],
  },
  Detect: {
    trigger: 'queue',
    entry: 'detection/detect.queue',
    env: ['table', 'alertQueue', 'escalationQueue'],
  },
  Escalate: {
    trigger: 'queue',
    entry: 'on-call/escalate.queue',
    env: ['table', 'escalationQueue', 'deliveryQueue'],
  },
  Deliver: {
    trigger: 'queue',
    entry: 'on-call/deliver.queue',
    env: [
      'table',
      'escalationQueue',
      'deliveryQueue',
      'secret',
      'mailFrom',
      'channelParameters',
      'allowedEndpoints',
      'publicUrl',
      'consoleUrl',
    ],
  },
  Tidy: { trigger: 'queue', entry: 'war-room/tidy.queue', env: ['table', 'roomQueue'] },
  Execute: {
    trigger: 'queue',
    entry: 'runbooks/execute.queue',
    env: [
      'table',
      'runbookQueue',
      'clusterParameters',
      'runbookFunctions',
      'runbookDocuments',
      'runbookClusters',
      'allowedEndpoints',
    ],
  },
  Publish: {
    trigger: 'queue',
    entry: 'status/publish.queue',
    env: ['publishQueue', 'statusBucket', 'statusUrl', 'publicUrl'],
  },
  Mailing: {
    trigger: 'queue',
    entry: 'status/mail.queue',
    env: ['table', 'mailingQueue', 'secret', 'mailFrom', 'publicUrl', 'statusUrl'],
  },
  Broadcast: {
    trigger: 'stream',
    entry: 'war-room/broadcast.stream',
    env: ['table', 'roomQueue', 'socketEndpoint'],
  },
  FanOut: {
    trigger: 'stream',
    entry: 'incidents/fan-out.stream',
    env: ['alertQueue', 'escalationQueue', 'deliveryQueue', 'publishQueue', 'mailingQueue', 'roomQueue'],
  },
  Sweep: {
    trigger: 'schedule',
    entry: 'incidents/sweep.schedule',
    env: ['table', 'alertQueue', 'escalationQueue', 'runbookQueue'],
  },
  Refresh: {
    trigger: 'schedule',
    entry: 'status/refresh.schedule',
    env: ['publishQueue', 'statusBucket'],
  },
  Canary: {
    trigger: 'schedule',
    entry: 'operations/canary.schedule',
    env: ['table', 'secret', 'publicUrl'],
  },
} as const satisfies Record<string, FunctionEntry>;

export type FunctionName = keyof typeof functions;
