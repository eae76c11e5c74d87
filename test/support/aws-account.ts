import { AwsFault, type FakeAws, type Operations, startFakeAws } from './fake-aws.ts';

export const STACK = 'IncidentManagement';

/** What an account says of itself; a test changes what it is about. */
export interface AccountState {
  bootstrapped: boolean;
  /** Undefined while nothing is deployed. */
  stackStatus: string | undefined;
  production: boolean;
  sending: boolean;
  enforcement: string;
  sent: number;
  /** Of the sender. */
  verified: boolean;
  /** The ARN of the subscription, or what SNS says instead. */
  subscription: string | undefined;
  concurrency: number;
  isPaused: boolean;
  deadLetters: number;
  sweeps: number;
  canaries: number;
  signIns: number;
  /** Whether the stack has a table of its own, and not a restored one. */
  ownTable: boolean;
}

export interface AwsAccount {
  readonly aws: FakeAws;
  readonly state: AccountState;
}

const arn = (service: string, rest: string) => `arn:aws:${service}:eu-central-1:123456789012:${rest}`;

/** The SDK speaks to a queue at the queue's own address, so those are here too. */
const resourcesAt = (address: string) => [
  ['AlarmsTopic3F2A', 'AWS::SNS::Topic', arn('sns', 'Alarms')],
  ['Detect7D', 'AWS::Lambda::Function', 'Detect'],
  ['SweepFunction0A1B2C3D', 'AWS::Lambda::Function', 'Sweep'],
  ['StoresEventsTable4E', 'AWS::DynamoDB::GlobalTable', 'Events'],
  ['BudgetB1', 'AWS::Budgets::Budget', 'Budget'],
  ['MailFrom9C', 'AWS::SES::EmailIdentity', 'pages@acme.io'],
  ['SignInUsers1', 'AWS::Cognito::UserPool', 'eu-central-1_Pool'],
  ['SignInConsole1', 'AWS::Cognito::UserPoolClient', 'client'],
  ['StoresAlertsQueue1', 'AWS::SQS::Queue', `${address}/123456789012/Alerts`],
  ['StoresAlertsDeadLetters0A1B', 'AWS::SQS::Queue', `${address}/123456789012/Dead`],
];

/** An account in which all is well, to be asked over HTTP by the real SDK. */
export async function awsAccount(): Promise<AwsAccount> {
  const state: AccountState = {
    bootstrapped: true,
    stackStatus: 'UPDATE_COMPLETE',
    production: true,
    sending: true,
    enforcement: 'HEALTHY',
    sent: 12,
    verified: true,
    subscription: arn('sns', 'Alarms:1'),
    concurrency: 1_000,
    isPaused: false,
    deadLetters: 0,
    sweeps: 15,
    canaries: 15,
    signIns: 2,
    ownTable: true,
  };
  const aws = await startFakeAws((address) => operationsOn(state, address));
  return { state, aws };
}

const operationsOn = (state: AccountState, address: string): Operations => ({
  'sts:GetCallerIdentity': {
    protocol: 'query',
    takes: {},
    answer: () => ({
      Account: '123456789012',
      Arn: 'arn:aws:iam::123456789012:user/ada',
      UserId: 'AIDA',
    }),
  },
  'cloudformation:DescribeStacks': {
    protocol: 'query',
    takes: { StackName: true },
    answer: ({ StackName }) => ({ Stacks: [stack(String(StackName), state)] }),
  },
  'cloudformation:ListStackResources': {
    protocol: 'query',
    takes: { StackName: true, NextToken: false },
    answer: () => ({
      StackResourceSummaries: resourcesAt(address).map(
        ([LogicalResourceId, ResourceType, PhysicalResourceId]) => ({
          LogicalResourceId,
          ResourceType,
          PhysicalResourceId,
          ResourceStatus:
            ResourceType === 'AWS::DynamoDB::GlobalTable' && !state.ownTable
              ? 'DELETE_SKIPPED'
              : 'CREATE_COMPLETE',
          LastUpdatedTimestamp: '2026-11-24T00:00:00Z',
        }),
      ),
    }),
  },
  ...mailOperations(state),
  'lambda:GetFunctionConcurrency': {
    protocol: 'rest',
    takes: {},
    answer: () => (state.isPaused ? { ReservedConcurrentExecutions: 0 } : {}),
  },
  'lambda:GetAccountSettings': {
    protocol: 'rest',
    takes: {},
    answer: () => ({
      AccountLimit: {
        ConcurrentExecutions: state.concurrency,
        UnreservedConcurrentExecutions: state.concurrency,
      },
    }),
  },
  ...runningOperations(state, address),
});

function stack(StackName: string, { bootstrapped, stackStatus }: AccountState) {
  const common = { StackName, CreationTime: '2026-11-24T00:00:00Z' };
  const gone = () => new AwsFault('ValidationError', `Stack with id ${StackName} does not exist`);
  if (StackName === 'CDKToolkit') {
    if (!bootstrapped) throw gone();
    const Outputs = [{ OutputKey: 'BootstrapVersion', OutputValue: '28' }];
    return { ...common, StackStatus: 'CREATE_COMPLETE', Outputs };
  }
  if (StackName !== STACK || stackStatus === undefined) throw gone();
  return { ...common, StackStatus: stackStatus, Outputs: [] };
}

const mailOperations = (state: AccountState): Operations => ({
  'ses:GetAccount': {
    protocol: 'rest',
    takes: {},
    answer: () => ({
      ProductionAccessEnabled: state.production,
      SendingEnabled: state.sending,
      EnforcementStatus: state.enforcement,
      SendQuota: {
        Max24HourSend: state.production ? 50_000 : 200,
        MaxSendRate: 14,
        SentLast24Hours: state.sent,
      },
    }),
  },
  'ses:GetEmailIdentity': {
    protocol: 'rest',
    takes: { EmailIdentity: true },
    answer: ({ EmailIdentity }) => {
      if (EmailIdentity !== 'pages@acme.io')
        throw new AwsFault('NotFoundException', `${EmailIdentity} does not exist`, 404);
      return {
        IdentityType: 'EMAIL_ADDRESS',
        VerifiedForSendingStatus: state.verified,
        VerificationStatus: state.verified ? 'SUCCESS' : 'PENDING',
      };
    },
  },
});

interface Query {
  readonly Id: string;
  readonly MetricStat: { readonly Metric: { readonly MetricName: string }; readonly Period: number };
}

const runningOperations = (state: AccountState, address: string): Operations => ({
  'sns:ListSubscriptionsByTopic': {
    protocol: 'query',
    takes: { TopicArn: true, NextToken: false },
    answer: ({ TopicArn }) => {
      if (TopicArn !== arn('sns', 'Alarms')) throw new AwsFault('NotFound', 'Topic does not exist', 404);
      const { subscription: SubscriptionArn } = state;
      const one = {
        SubscriptionArn,
        TopicArn,
        Owner: '123456789012',
        Protocol: 'email',
        Endpoint: 'ops@acme.io',
      };
      return { Subscriptions: SubscriptionArn === undefined ? [] : [one] };
    },
  },
  'sqs:GetQueueAttributes': {
    protocol: 'json',
    takes: { QueueUrl: true, AttributeNames: false },
    answer: ({ QueueUrl, AttributeNames }) => {
      if (!resourcesAt(address).some(([, , url]) => url === QueueUrl))
        throw new AwsFault('QueueDoesNotExist', 'The specified queue does not exist.');
      const all: Record<string, string> = { ApproximateNumberOfMessages: String(state.deadLetters) };
      const names = AttributeNames as readonly string[];
      const unknown = names.find((name) => all[name] === undefined);
      if (unknown !== undefined) throw new AwsFault('InvalidAttributeName', `Unknown Attribute ${unknown}.`);
      return { Attributes: all };
    },
  },
  'monitoring:GetMetricData': {
    protocol: 'json',
    takes: { MetricDataQueries: true, StartTime: true, EndTime: true },
    answer: ({ MetricDataQueries, StartTime, EndTime }) => {
      if (Number(StartTime) >= Number(EndTime))
        throw new AwsFault('ValidationError', 'StartTime must come first');
      return {
        MetricDataResults: (MetricDataQueries as readonly Query[]).map((query) => values(query, state)),
      };
    },
  },
});

function values({ Id, MetricStat }: Query, state: AccountState) {
  const counts: Readonly<Record<string, number>> = {
    SweepFinished: state.sweeps,
    CanaryBecameIncident: state.canaries,
    SignInSuccesses: state.signIns,
  };
  if (!/^[a-z]\w*$/.test(Id)) throw new AwsFault('ValidationError', `The Id ${Id} must begin in lower case`);
  if (MetricStat.Period % 60 !== 0) throw new AwsFault('ValidationError', 'A period is whole minutes');
  const count = counts[MetricStat.Metric.MetricName] ?? 0;
  return { Id, StatusCode: 'Complete', Values: count === 0 ? [] : [count] };
}
