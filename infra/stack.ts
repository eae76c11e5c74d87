import { Aws, CfnOutput, Stack } from 'aws-cdk-lib';
import { Source } from 'aws-cdk-lib/aws-s3-deployment';
import type { Construct } from 'constructs';
import { factMarks } from '../shared/table/index.ts';
import {
  type EnvName,
  env,
  everyFunctionNeeds,
  type FunctionEntry,
  type FunctionName,
  functions,
  type QueueName,
  queues,
  type Route,
  statusFolders,
} from '../shared/wiring/index.ts';
import type { Bundles } from './bundle.ts';
import type { Settings } from './config.ts';
import { AccountEvents } from './constructs/account-events.ts';
import { Alarms } from './constructs/alarms.ts';
import { AlertsHost } from './constructs/alerts-host.ts';
import { Budget } from './constructs/budget.ts';
import { Dashboard } from './constructs/dashboard.ts';
import { EveryMinute } from './constructs/every-minute.ts';
import { GatewayLogging } from './constructs/gateway-logging.ts';
import { InboundMail } from './constructs/inbound-mail.ts';
import { keepGivenUp } from './constructs/keep-given-up.ts';
import { Mail } from './constructs/mail.ts';
import { NodeFunction } from './constructs/node-function.ts';
import { grant } from './constructs/permits.ts';
import { RestApi } from './constructs/rest-api.ts';
import { type Retention, retention } from './constructs/retention.ts';
import { SignIn } from './constructs/sign-in.ts';
import { SiteCopier } from './constructs/site-copier.ts';
import { SocketApi } from './constructs/socket-api.ts';
import { StaticSite } from './constructs/static-site.ts';
import { Stores } from './constructs/stores.ts';
import { StreamReader } from './constructs/stream-reader.ts';
import { VendorParameters } from './constructs/vendor-parameters.ts';
import { permits } from './permits.ts';
import type { Sites } from './sites.ts';

const functionNames = Object.keys(functions) as FunctionName[];

/**
 * Functions that send to the queue that feeds them. Their chains end: a settle causes none, a step waits for its due time, a
 * count goes on after the last alert that it counted, a mailing after the last subscriber, a page is tried by five channels at most,
 * and a run has at most a thousand facts.
 */
const recursive: ReadonlySet<FunctionName> = new Set(['Detect', 'Escalate', 'Deliver', 'Mailing', 'Execute']);

/** Functions that compute for longer than they wait: a whole processor costs no more, for it is done sooner. */
const computing: ReadonlySet<FunctionName> = new Set(['Metrics', 'Configuration']);

/** Functions that `pagerConcurrency` keeps executions for: whatever else is busy, pages go out. */
const pagers: ReadonlySet<FunctionName> = new Set(['Escalate', 'Deliver']);

type Made = Readonly<Record<FunctionName, NodeFunction>>;
type Values = Readonly<Record<EnvName, string>>;
type Parts = ReturnType<IncidentManagement['parts']>;

interface IncidentManagementProps {
  readonly settings: Settings;
  /** The bundled code of every function. */
  readonly bundles: Bundles;
  readonly sites: Sites;
  readonly routes: readonly Route[];
}

/** The whole system: its parts, and how they are joined. */
export class IncidentManagement extends Stack {
  constructor(scope: Construct, id: string, { settings, bundles, sites, routes }: IncidentManagementProps) {
    super(scope, id, { description: 'Incident management', terminationProtection: !settings.trial });
    const keep = retention(settings.trial);
    const parts = this.parts(settings, keep);
    const made = this.functions(bundles, keep, valuesOf(settings, parts), settings);
    for (const name of functionNames) grant(made[name], permits[name], { ...parts, settings });

    const { rest, socket, console, status, stores } = parts;
    rest.serve({ routes, functions: made, authorizer: made.Authorize, consoleOrigin: console.address });
    socket.serve(made);
    this.feed(made, stores);
    new EveryMinute(this, 'SweepSchedule', made.Sweep);
    new EveryMinute(this, 'CanarySchedule', made.Canary);
    new EveryMinute(this, 'RefreshSchedule', made.Refresh, 5);
    for (const taker of [made.TakeEvents, made.ReceiveMail]) keepGivenUp(taker, stores.undelivered);
    new AccountEvents(this, 'AccountEvents', { taker: made.TakeEvents });
    this.receiveMail(made.ReceiveMail, stores, settings);
    const { Broadcast, FanOut } = made;
    const email = settings.alarmEmail ?? settings.administrator;
    const { queues: lines, undelivered } = stores;
    const watched = { queues: lines, readers: { Broadcast, FanOut }, functions: made, rest, undelivered };
    new Alarms(this, 'Alarms', { email, ...watched });
    new Dashboard(this, 'Dashboard', { ...watched, table: stores.events.table });
    new Budget(this, 'Budget', { email, dollars: settings.monthlyBudget });

    console.deploy(sites.console, Source.jsonData('config.json', consoleConfig(settings, parts)));
    status.deploy(sites.status);
    this.tell(parts);
  }

  private parts(settings: Settings, keep: Retention) {
    const { organisation, administrator } = settings;
    const stores = new Stores(this, 'Stores', { keep, restored: settings.restoredTable });
    const mail = new Mail(this, 'Mail', { from: settings.mailFrom });
    const video = new VendorParameters(this, 'Video', { of: 'video' });
    const clusters = new VendorParameters(this, 'Clusters', { of: 'clusters' });
    const channels = new VendorParameters(this, 'Channels', { of: 'channels' });
    const integrations = new VendorParameters(this, 'Integrations', { of: 'integrations' });
    const signIn = new SignIn(this, 'SignIn', { keep, organisation, administrator });
    const logging = new GatewayLogging(this, 'GatewayLogging', { keep });
    const rest = new RestApi(this, 'Rest', { logging });
    const alertsHost = new AlertsHost(this, 'AlertsHost', { api: rest.host, own: ownDomain(settings) });
    const socket = new SocketApi(this, 'Socket', { logging });
    const connect = [`${rest.address}/`, socket.addresses.open, `${signIn.issuers}/`, signIn.pages];
    const site = { keep, logs: stores.logs, copier: new SiteCopier(this, 'Sites', { keep }) };
    const console = new StaticSite(this, 'Console', { ...site, singlePage: true, scripts: true, connect });
    const status = new StaticSite(this, 'Status', {
      ...{ ...site, forms: [`${rest.address}/`], images: true, readable: true },
      served: statusFolders.public,
    });
    signIn.inviteTo(console.address);
    const clientId = signIn.clientFor(console.address);
    const commandsClientId = signIn.clientForCommands();
    return {
      stores,
      mail,
      video,
      clusters,
      channels,
      integrations,
      signIn,
      rest,
      alertsHost,
      socket,
      console,
      status,
      clientId,
      commandsClientId,
    };
  }

  /** Each function gets the settings that shared/wiring says it needs, and no other. */
  private functions(bundles: Bundles, keep: Retention, values: Values, settings: Settings): Made {
    const made = functionNames.map((name) => {
      const folder = bundles.get(name);
      if (folder === undefined) throw new Error(`${name} has no bundle`);
      const needs: readonly EnvName[] = [...everyFunctionNeeds, ...functions[name].env];
      const environment = Object.fromEntries(needs.map((need) => [env[need], values[need]]));
      const reserved = pagers.has(name) ? settings.pagerConcurrency : undefined;
      const traced = settings.tracing;
      const memory = computing.has(name) ? 1_769 : undefined;
      const { seconds }: FunctionEntry = functions[name];
      const props = {
        folder,
        environment,
        keep,
        traced,
        reserved,
        memory,
        seconds,
        recursive: recursive.has(name),
      };
      return [name, new NodeFunction(this, name, props)];
    });
    return Object.fromEntries(made) as Made;
  }

  private feed(made: Made, { queues: lines, events: source, undelivered }: Stores): void {
    for (const name of Object.keys(queues) as QueueName[]) {
      const worker = functionNames.find((candidate) => functions[candidate].entry === queues[name].worker);
      if (worker === undefined) throw new Error(`No function has the entry ${queues[name].worker}`);
      lines[name].feeds(made[worker]);
    }
    const { kind, via, react } = factMarks;
    const read = { source, undelivered };
    const { Broadcast, FanOut } = made;
    new StreamReader(this, 'RoomFacts', {
      ...read,
      reader: Broadcast,
      where: { [kind]: 'fact', [via]: 'stream' },
    });
    new StreamReader(this, 'ReactingFacts', {
      ...read,
      reader: FanOut,
      where: { [kind]: 'fact', [react]: 'yes' },
    });
  }

  private receiveMail(
    taker: NodeFunction,
    { deliveries }: Stores,
    { inboundDomain: domain }: Settings,
  ): void {
    if (domain === undefined) return;
    const { ruleSet } = new InboundMail(this, 'InboundMail', { domain, taker, bucket: deliveries });
    new CfnOutput(this, 'RuleSetOutput', { value: ruleSet });
  }

  private tell({ rest, alertsHost, socket, console, status, signIn, clientId }: Parts): void {
    const tell = (name: string, value: string) => new CfnOutput(this, `${name}Output`, { value });
    tell('Api', rest.address);
    tell('Alerts', alertsHost.address);
    if (alertsHost.target !== undefined) tell('AlertsTarget', alertsHost.target);
    tell('Socket', socket.addresses.open);
    tell('Console', console.address);
    tell('Status', status.address);
    tell('Issuer', signIn.issuer);
    tell('ClientId', clientId);
  }
}

function valuesOf(settings: Settings, parts: Parts): Values {
  const { stores, rest, socket, console, status, signIn, alertsHost, clientId, commandsClientId } = parts;
  const { alerts, escalation, delivery, room, runbooks, publish, mailing } = stores.queues;
  return {
    table: stores.events.table.tableName,
    alertQueue: alerts.queue.queueUrl,
    escalationQueue: escalation.queue.queueUrl,
    deliveryQueue: delivery.queue.queueUrl,
    roomQueue: room.queue.queueUrl,
    runbookQueue: runbooks.queue.queueUrl,
    publishQueue: publish.queue.queueUrl,
    mailingQueue: mailing.queue.queueUrl,
    statusBucket: status.bucket.bucketName,
    statusUrl: status.address,
    secret: stores.secret.secretArn,
    socketUrl: socket.addresses.open,
    socketEndpoint: socket.addresses.push,
    mailFrom: settings.mailFrom,
    publicUrl: rest.address,
    alertsUrl: alertsHost.address,
    consoleUrl: console.address,
    issuer: signIn.issuer,
    clientId,
    commandsClientId,
    administrator: settings.administrator,
    systemName: Aws.STACK_NAME,
    organisation: settings.organisation,
    runbookFunctions: settings.runbookFunctions.join(' ') || 'none',
    runbookDocuments: settings.runbookDocuments.join(' ') || 'none',
    runbookClusters: settings.runbookClusters.join(' ') || 'none',
    videoParameters: parts.video.path,
    clusterParameters: parts.clusters.path,
    channelParameters: parts.channels.path,
    integrationParameters: parts.integrations.path,
    deliveryBucket: stores.deliveries.bucketName,
    allowedEndpoints: settings.allowedEndpoints.join(' ') || 'none',
    ...optional(settings),
  };
}

/** The settings are there both or neither, which parsing them has seen to. */
function ownDomain({ alertsDomain, alertsCertificate, alertsHostedZone }: Settings) {
  if (alertsDomain === undefined || alertsCertificate === undefined) return undefined;
  return { domain: alertsDomain, certificate: alertsCertificate, hostedZone: alertsHostedZone };
}

/** Settings that may be left out: a variable of a function cannot be empty. */
const optional = ({
  bedrockModel = 'none',
  bedrockGuardrail = 'none',
  inboundDomain = 'none',
}: Settings) => ({ bedrockModel, bedrockGuardrail, inboundDomain });

/** What the console reads at its start, and operators' commands, from config.json beside its first page. */
function consoleConfig({ organisation }: Settings, parts: Parts) {
  const { rest, socket, signIn, clientId, commandsClientId } = parts;
  const { issuer } = signIn;
  const addresses = { api: rest.address, socket: socket.addresses.open };
  return {
    organisation,
    ...addresses,
    signIn: { issuer, clientId },
    commands: { clientId: commandsClientId },
  };
}
