import { Stack } from 'aws-cdk-lib';
import { PolicyStatement } from 'aws-cdk-lib/aws-iam';
import type { IBucket } from 'aws-cdk-lib/aws-s3';
import { type Entity, type ItemShape, schema } from '../../shared/table/index.ts';
import { type QueueName, statusFolders } from '../../shared/wiring/index.ts';
import type { Settings } from '../config.ts';
import type { Mail } from './mail.ts';
import { modelStatements } from './model-statements.ts';
import type { NodeFunction } from './node-function.ts';
import { runbookStatements } from './runbook-statements.ts';
import type { SocketApi } from './socket-api.ts';
import type { StaticSite } from './static-site.ts';
import type { Stores } from './stores.ts';
import { textStatements } from './text-messages.ts';
import type { VendorParameters } from './vendor-parameters.ts';

/** What a function may do with items. */
export interface ItemPermit {
  readonly table?: readonly TableOperation[];
  /** Only these kinds of items; left out, all. */
  readonly only?: readonly Entity<ItemShape>[];
  /** Only items of this organisation; left out, of every one. */
  readonly org?: string;
}

/** What one function may do, beyond writing its own log. */
export interface Permit extends ItemPermit {
  /** What it may do with other items, each in a statement of its own. */
  readonly also?: ItemPermit | readonly ItemPermit[];
  readonly send?: readonly QueueName[];
  /** Read the generated secret. */
  readonly secret?: true;
  /** Send mail from our address. */
  readonly mail?: true;
  /** Learn how many mails the account may send in a second. */
  readonly rate?: true;
  /** Find out whether addresses can be mailed, and have the provider ask for their confirmation. */
  readonly verify?: true;
  /** Keep, read and remove the credentials of video providers. */
  readonly video?: true;
  /** Of the tokens of clusters: read them, or keep and remove them. */
  readonly clusters?: 'read' | 'write';
  /** Call the functions and start the automations that the settings name for runbooks. */
  readonly runbooks?: true;
  /** Of the settings of channels for pages: keep and remove them, or read them. */
  readonly channels?: 'keep' | 'read';
  /** Ask the model that the settings name. */
  readonly model?: true;
  /** Send text messages to telephones. */
  readonly text?: true;
  /** Push to connected sockets. */
  readonly push?: true;
  /** Cut connected sockets off. */
  readonly close?: true;
  /** Of the bucket of the status site: read the states of pages, or also write these and the pages. */
  readonly pages?: 'read' | 'write';
}

/** An operation on items, alone or inside a transaction; or a query of an index: `gsi1` is the history, `gsi2` what is due, `gsi3` the runs for incidents. */
export type TableOperation = keyof typeof actions | Index;

const indexes = ['gsi1', 'gsi2', 'gsi3'] as const;
type Index = (typeof indexes)[number];

const isIndex = (way: TableOperation): way is Index => indexes.some((index) => index === way);

const actions = {
  get: 'dynamodb:GetItem',
  batchGet: 'dynamodb:BatchGetItem',
  query: 'dynamodb:Query',
  put: 'dynamodb:PutItem',
  update: 'dynamodb:UpdateItem',
  delete: 'dynamodb:DeleteItem',
  check: 'dynamodb:ConditionCheckItem',
} as const;

/** What permits are given on. */
interface Grantable {
  readonly stores: Stores;
  readonly mail: Mail;
  readonly socket: SocketApi;
  readonly video: VendorParameters;
  readonly clusters: VendorParameters;
  readonly settings: Settings;
  readonly channels: VendorParameters;
  readonly status: StaticSite;
}

/** Gives a function what its permit says. */
export function grant(
  { role }: NodeFunction,
  permit: Permit,
  { stores, mail, socket, video, clusters, channels, status, settings }: Grantable,
): void {
  const statements = [
    ...tableStatements(stores.events.table.tableArn, permit),
    ...[permit.also ?? []].flat().flatMap((more) => tableStatements(stores.events.table.tableArn, more)),
    ...(permit.mail ? [mail.sendStatement()] : []),
    ...(permit.rate ? [mail.rateStatement()] : []),
    ...(permit.verify ? [mail.verifyStatement()] : []),
    ...(permit.video ? [video.statement()] : []),
    ...(permit.clusters === 'read' ? [clusters.readStatement()] : []),
    ...(permit.clusters === 'write' ? [clusters.keepStatement()] : []),
    ...(permit.runbooks ? runbookStatements(Stack.of(role), settings) : []),
    ...(permit.channels === 'keep' ? [channels.keepStatement()] : []),
    ...(permit.channels === 'read' ? [channels.readStatement()] : []),
    ...(permit.model ? modelStatements(Stack.of(role), settings) : []),
    ...(permit.text ? textStatements(channels) : []),
    ...(permit.push ? [socket.manageStatement('POST')] : []),
    ...(permit.close ? [socket.manageStatement('DELETE')] : []),
    ...(permit.pages ? pageStatements(status.bucket, permit.pages) : []),
  ];
  for (const statement of statements) role.addToPrincipalPolicy(statement);
  for (const name of permit.send ?? []) stores.queues[name].queue.grantSendMessages(role);
  if (permit.secret) stores.secret.grantRead(role);
}

/** Without leave to list, S3 tells a state that is not there yet as one that may not be read. */
function pageStatements(bucket: IBucket, way: 'read' | 'write'): readonly PolicyStatement[] {
  const states = bucket.arnForObjects(`${statusFolders.private}/*`);
  const allow = (action: string, ...resources: readonly string[]) =>
    new PolicyStatement({ actions: [action], resources: [...resources] });
  return [
    allow('s3:ListBucket', bucket.bucketArn),
    allow('s3:GetObject', states),
    ...(way === 'write'
      ? [allow('s3:PutObject', states, bucket.arnForObjects(`${statusFolders.public}/*`))]
      : []),
  ];
}

function tableStatements(table: string, permit: ItemPermit): PolicyStatement[] {
  const { table: ways = [] } = permit;
  const onItems = ways.flatMap((way) => (isIndex(way) ? [] : [actions[way]]));
  const onIndexes = ways.filter(isIndex);
  const own = partitionsOf(permit);
  const keys = own && { 'dynamodb:LeadingKeys': own };
  // "For all values" alone is true of a call that names no keys, so that they be named is asked too.
  const named = { 'dynamodb:LeadingKeys': 'false' };
  const conditions = keys && { conditions: { 'ForAllValues:StringLike': keys, Null: named } };
  return [
    ...(onItems.length > 0
      ? [new PolicyStatement({ actions: onItems, resources: [table], ...conditions })]
      : []),
    ...onIndexes.map(
      (index) => new PolicyStatement({ actions: ['dynamodb:Query'], resources: [`${table}/index/${index}`] }),
    ),
  ];
}

/** Patterns for the partition keys that a permit is for; undefined when it is for all. */
export function partitionsOf({ only, org = '*' }: ItemPermit): readonly string[] | undefined {
  if (only !== undefined) return leadingKeys(only, org);
  return org === '*' ? undefined : [`${schema.organisation.partition({ org })}#*`];
}

/** Patterns for the partition keys of these items alone: every other field of the key's template may be anything. */
export function leadingKeys(items: readonly Entity<ItemShape>[], org = '*'): readonly string[] {
  const patterns = items.map(({ shape }) => shape.pk.replace('{org}', org).replaceAll(/\{[^}]*\}/g, '*'));
  return [...new Set(patterns)];
}
