import { Stack } from 'aws-cdk-lib';
import { PolicyStatement } from 'aws-cdk-lib/aws-iam';
import type { IBucket } from 'aws-cdk-lib/aws-s3';
import { mailFolder, statusFolders } from '../../shared/wiring/index.ts';
import type { Settings } from '../config.ts';
import type { Mail } from './mail.ts';
import { modelStatements } from './model-statements.ts';
import type { NodeFunction } from './node-function.ts';
import { actions, type ItemPermit, isIndex, type Permit, partitionsOf } from './permit.ts';
import { runbookStatements } from './runbook-statements.ts';
import type { SocketApi } from './socket-api.ts';
import type { StaticSite } from './static-site.ts';
import { organisationFolders, type Stores } from './stores.ts';
import { textStatements } from './text-messages.ts';
import type { VendorParameters } from './vendor-parameters.ts';

/** What permits are given on. */
interface Grantable {
  readonly stores: Stores;
  readonly mail: Mail;
  readonly socket: SocketApi;
  readonly video: VendorParameters;
  readonly clusters: VendorParameters;
  readonly settings: Settings;
  readonly channels: VendorParameters;
  readonly integrations: VendorParameters;
  readonly status: StaticSite;
}

/** Gives a function what its permit says. */
export function grant(
  { role }: NodeFunction,
  permit: Permit,
  { stores, mail, socket, video, clusters, channels, integrations, status, settings }: Grantable,
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
    ...(permit.integrations === 'keep' ? [integrations.keepStatement()] : []),
    ...(permit.integrations === 'read' ? [integrations.readStatement()] : []),
    ...(permit.deliveries ? deliveryStatements(stores.deliveries, permit.deliveries) : []),
    ...(permit.mails ? [mailStatement(stores.deliveries)] : []),
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

/** Mails lie apart from what is shown: their names are known, so nobody needs to list them. */
function mailStatement(bucket: IBucket): PolicyStatement {
  return new PolicyStatement({
    actions: ['s3:GetObject'],
    resources: [bucket.arnForObjects(`${mailFolder}/*`)],
  });
}

/** Whoever writes cannot read or list, and the other way round. Everything lies in the folders of organisations. */
function deliveryStatements(bucket: IBucket, way: 'write' | 'read'): readonly PolicyStatement[] {
  const resources = [bucket.arnForObjects(`${organisationFolders}*`)];
  if (way === 'write') return [new PolicyStatement({ actions: ['s3:PutObject'], resources })];
  return [
    new PolicyStatement({ actions: ['s3:ListBucket'], resources: [bucket.bucketArn] }),
    new PolicyStatement({ actions: ['s3:GetObject'], resources }),
  ];
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
