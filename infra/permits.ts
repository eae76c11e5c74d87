import { schema } from '../shared/table/index.ts';
import { canaryHome, type FunctionName } from '../shared/wiring/index.ts';
import type { Permit } from './constructs/permit.ts';

/** What is looked at and written when somebody comes into a room or leaves it. */
const inRooms = [schema.roomConnection, schema.visit];

/** What a document of a room is stored in. */
const documents = [
  schema.documentHead,
  schema.documentUpdate,
  schema.documentSnapshot,
  schema.documentMinute,
];

/**
 * Who may do what: of the table only the operations that a function calls, as stories check. Nothing else is granted, but each
 * function's own log and each worker's own queue or stream.
 */
export const permits: Readonly<Record<FunctionName, Permit>> = {
  Receive: {
    table: ['get'],
    only: [schema.keyDoor, schema.alertHead, schema.tinyId],
    also: [
      { table: ['put'], only: [schema.parkedMessage, schema.tinyId] },
      { table: ['update'], only: [schema.integrationActivity] },
    ],
    send: ['alerts'],
    integrations: 'read',
    deliveries: 'write',
  },
  Alerts: {
    table: ['get', 'batchGet', 'query', 'put', 'update', 'delete'],
    send: ['alerts'],
    integrations: 'keep',
    deliveries: 'read',
  },
  TakeEvents: {
    table: ['get'],
    only: [schema.keyDoor, schema.integration],
    also: { table: ['put'], only: [schema.parkedMessage] },
    send: ['alerts'],
  },
  ReceiveMail: {
    table: ['get'],
    only: [schema.keyDoor],
    also: { table: ['put'], only: [schema.parkedMessage] },
    send: ['alerts'],
    deliveries: 'write',
    mails: 'read',
  },
  Incidents: { table: ['get', 'batchGet', 'query', 'put', 'update', 'delete', 'gsi1'], send: ['escalation'] },
  Timeline: { table: ['get', 'batchGet', 'query'] },
  Metrics: {
    table: ['get', 'batchGet', 'query', 'gsi1'],
    also: {
      table: ['put', 'update'],
      only: [schema.metricsTargets, schema.metricsTargetsVersion, schema.idempotency],
    },
  },
  Postmortems: {
    table: ['get', 'batchGet', 'query', 'gsi1'],
    also: { table: ['put', 'update'], only: [schema.postmortemHead, schema.idempotency] },
    model: true,
  },
  PostmortemPdf: { table: ['get', 'batchGet', 'query'] },
  OnCall: {
    table: ['get', 'batchGet', 'query', 'put', 'update'],
    also: { table: ['delete'], only: [schema.scheduleOverride, schema.channelSettings] },
    send: ['delivery'],
    secret: true,
    channels: 'keep',
  },
  Identity: {
    table: ['get', 'batchGet', 'query', 'put', 'update', 'delete', 'check'],
    verify: true,
    close: true,
  },
  Configuration: {
    table: ['get', 'batchGet', 'put'],
    also: { table: ['query'], only: [schema.channelSettings, schema.signalChunk, schema.listedQuiet] },
    verify: true,
  },
  WarRoom: {
    table: ['get', 'batchGet', 'query', 'put', 'update'],
    also: { table: ['delete'], only: [schema.videoCredentials] },
    secret: true,
    video: true,
  },
  StatusApi: {
    table: ['get', 'query'],
    also: [
      {
        table: ['put', 'update'],
        only: [schema.pageHead, schema.pageDoor, schema.idempotency],
      },
      { table: ['put', 'delete'], only: [schema.subscriber] },
      { table: ['update'], only: [schema.subscriptionCount] },
    ],
    send: ['publish', 'mailing'],
    secret: true,
  },
  Runbooks: {
    table: ['get', 'batchGet', 'query', 'put', 'update', 'gsi1', 'gsi3'],
    also: { table: ['delete'], only: [schema.cluster, schema.runningGuard] },
    send: ['runbooks'],
    clusters: 'write',
  },
  Execute: {
    table: ['get', 'batchGet', 'query', 'put', 'update'],
    also: { table: ['delete'], only: [schema.runningGuard] },
    send: ['runbooks'],
    clusters: 'read',
    runbooks: true,
  },
  Api: {},
  Authorize: { table: ['get', 'query'], only: [schema.keyDoor, schema.whoDoor] },
  Ticket: { table: ['delete'], only: [schema.ticketDoor] },
  Connect: { table: ['put'], only: [schema.connectionDoor, schema.actorConnection] },
  Disconnect: {
    table: ['get', 'query', 'put', 'delete'],
    only: [schema.connectionDoor, schema.actorConnection, ...inRooms],
    send: ['room'],
    push: true,
  },
  Message: {
    table: ['get', 'batchGet', 'query', 'put', 'update', 'delete'],
    send: ['room'],
    push: true,
    close: true,
  },
  Tidy: {
    table: ['get', 'query', 'put', 'update', 'delete'],
    only: [...inRooms, schema.sequence],
    also: { table: ['get', 'batchGet', 'query', 'put', 'delete'], only: documents },
  },
  Detect: { table: ['get', 'batchGet', 'query', 'put', 'update', 'delete'], send: ['alerts', 'escalation'] },
  Escalate: { table: ['get', 'batchGet', 'query', 'put', 'update'], send: ['escalation', 'delivery'] },
  Deliver: {
    table: ['get', 'batchGet', 'query', 'put', 'update'],
    send: ['escalation', 'delivery'],
    secret: true,
    mail: true,
    text: true,
    channels: 'read',
  },
  Broadcast: {
    table: ['get', 'batchGet', 'query', 'put', 'delete'],
    only: [schema.occupiedRoom, ...inRooms],
    send: ['room'],
    push: true,
  },
  FanOut: { send: ['alerts', 'escalation', 'delivery', 'publish', 'mailing', 'room'] },
  // These two need nothing but the bucket, so that the page can be told when the table cannot be reached.
  Publish: { pages: 'write' },
  Refresh: { pages: 'read', send: ['publish'] },
  Mailing: {
    table: ['get', 'batchGet', 'query'],
    only: [schema.pageHead, schema.subscriber],
    also: { table: ['get', 'put'], only: [schema.subscriberMail] },
    send: ['mailing'],
    secret: true,
    mail: true,
    rate: true,
  },
  Sweep: {
    table: ['batchGet', 'gsi2'],
    also: [
      { table: ['delete'], only: [schema.parkedMessage] },
      { table: ['get', 'put'], only: [schema.heartbeat] },
    ],
    send: ['alerts', 'escalation', 'runbooks'],
  },
  Canary: {
    table: ['get', 'query', 'put', 'delete'],
    org: canaryHome.org,
    also: { table: ['put'], only: [schema.keyDoor] },
    secret: true,
  },
};
