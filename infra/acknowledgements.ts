import { type Stack, Validations } from 'aws-cdk-lib';
import type { IConstruct } from 'constructs';
import { functions } from '../shared/wiring/index.ts';
import type { Settings } from './config.ts';
import { tableOfStream } from './constructs/event-table.ts';
import { settingsAcknowledgements } from './settings-acknowledgements.ts';

/** An accepted finding of cdk-nag: the rule, the construct of the stack (with all below it), and why it is right there. */
export type Acknowledgement = readonly [rule: string, resource: string, reason: string];

const siteCopier = 'Custom::CDKBucketDeployment8693BB64968944B69AAFB0CC9EB8756C';
const copies =
  "The CDK's own function copies the sites while the stack is deployed, by the rights that the CDK grants it";
const webAcl = 'A web ACL costs more a month than the idle system';
const onlyConnect = 'Only $connect can have an authorizer; the connection was authorized there';

/** Every accepted finding of the rule pack AwsSolutions. What is not here fails the synthesis. */
export const acknowledgements: readonly Acknowledgement[] = [
  [
    'SMG4',
    'Stores/Secret',
    'Signing keys are derived from it; an unplanned rotation would kill the links that are out',
  ],
  ['COG8', 'SignIn/Users', 'Threat protection costs by the person; a second factor is required instead'],

  [
    'APIG2',
    'Rest/Api',
    'The functions check all input by the schemas that make OpenAPI, and name the place of a fault',
  ],
  [
    'APIG3',
    'Rest/Api/DeploymentStage.live',
    `${webAcl}; the stage is throttled, and a 403 by a rule would lose alerts`,
  ],
  [
    'APIG6',
    'Rest/Api/DeploymentStage.live',
    'Execution logs hold paths, which hold keys; access logs and function logs tell the rest',
  ],
  [
    'IAM4[Policy::arn:<AWS::Partition>:iam::aws:policy/service-role/AmazonAPIGatewayPushToCloudWatchLogs]',
    'GatewayLogging/Role',
    'API Gateway writes access logs for the whole account by one role, for which AWS has this policy',
  ],
  [
    'COG4',
    'Rest/Api/Default',
    'Our own authorizer takes tokens of any issuer and keys of machines, and finds the organisation',
  ],
  [
    'APIG4',
    'Rest/Api/Default/webhooks',
    'Senders of alerts carry the key of their integration, which the function checks',
  ],
  [
    'APIG4',
    'Rest/Api/Default/v2',
    'Senders of alerts carry the key of their integration, which the function checks',
  ],
  [
    'APIG4',
    'Rest/Api/Default/generic',
    'Senders of alerts carry the key of their integration, which the function checks',
  ],
  [
    'APIG4',
    'Rest/Api/Default/api/v2',
    'Prometheus sends the key of its integration as it can, which the function checks; the status says nothing',
  ],
  [
    'APIG4',
    'Rest/Api/Default/-',
    'Whether the API is alive is for everybody, as senders in the form of Prometheus ask it',
  ],
  [
    'APIG4',
    'Rest/Api/Default/heartbeats',
    'What must call carries the key of its heartbeat, which the function checks',
  ],
  [
    'APIG4',
    'Rest/Api/Default/respond',
    'The link in a page carries its own signature, which the function checks',
  ],
  [
    'APIG4',
    'Rest/Api/Default/status',
    'The links in mails to subscribers carry their own signature, which the function checks',
  ],
  [
    'APIG4',
    'Rest/Api/Default/api/status/subscribe',
    'Anybody may subscribe; the function limits how often, and an address must confirm it',
  ],
  ['APIG4', 'Rest/Api/Default/api/openapi.json', 'The description of the API is public'],
  ['APIG4', 'Rest/Api/Default/api/asyncapi.json', 'The description of the socket is public'],
  ['APIG4', 'Rest/Api/Default/api/status/public', 'The public status page is for everybody'],
  ['APIG4', 'Socket/Api/$disconnect-Route', onlyConnect],
  ['APIG4', 'Socket/Api/$default-Route', onlyConnect],

  ['CFR1', 'AlertsHost/Distribution', 'Senders of alerts are anywhere'],
  [
    'CFR2',
    'AlertsHost/Distribution',
    `${webAcl}; a 403 by a rule would lose alerts, and the API behind is throttled`,
  ],
  [
    'CFR3',
    'AlertsHost/Distribution',
    'Its logs would hold paths, which hold keys; the gateway behind logs every request by the template of its path',
  ],
  [
    'CFR4',
    'AlertsHost/Distribution',
    'The certificate of cloudfront.net fixes TLSv1; only an own domain can raise it',
  ],
  ['CFR1', 'Console/Distribution', 'People on call travel'],
  ['CFR1', 'Status/Distribution', 'A status page is for everybody'],
  ['CFR2', 'Console/Distribution', `${webAcl}; these are static files with nothing behind them`],
  ['CFR2', 'Status/Distribution', `${webAcl}; these are static files with nothing behind them`],
  [
    'CFR4',
    'Console/Distribution',
    'The certificate of cloudfront.net fixes TLSv1; only an own domain can raise it',
  ],
  [
    'CFR4',
    'Status/Distribution',
    'The certificate of cloudfront.net fixes TLSv1; only an own domain can raise it',
  ],

  ...['Identity', 'Configuration'].map(
    (name): Acknowledgement => [
      'IAM5[Resource::*]',
      `${name}/Role/Resource`,
      'SES knows no resources for asking who can be mailed and for asking an address to confirm itself',
    ],
  ),
  ...(
    [
      ['Message', 'POST'],
      ['Broadcast', 'POST'],
      ['Disconnect', 'POST'],
      ['Message', 'DELETE'],
      ['Identity', 'DELETE'],
    ] as const
  ).map(
    ([name, method]): Acknowledgement => [
      `IAM5[Resource::arn:<AWS::Partition>:execute-api:<AWS::Region>:<AWS::AccountId>:<SocketApiF12253BF>/live/${method}/@connections/*]`,
      `${name}/Role/Resource`,
      'Connections come and go; the API and its stage are fixed',
    ],
  ),
  ...['Deliver', 'Mailing'].map(
    (name): Acknowledgement => [
      'IAM5[Resource::arn:<AWS::Partition>:ses:<AWS::Region>:<AWS::AccountId>:identity/*]',
      `${name}/Role/Resource`,
      'In the SES sandbox the identity of the recipient is checked too; a condition fixes the sender',
    ],
  ),
  [
    'IAM5[Resource::*]',
    'Mailing/Role/Resource',
    'SES knows no resources for asking how many mails may be sent',
  ],
  [
    'IAM5[Resource::arn:<AWS::Partition>:ssm:<AWS::Region>:<AWS::AccountId>:parameter/incident-management/<AWS::StackName>/video/*]',
    'WarRoom/Role/Resource',
    'Organisations and their credentials come at run time; the path is of this stack and of video links alone',
  ],
  ...['Runbooks', 'Execute'].map(
    (name): Acknowledgement => [
      'IAM5[Resource::arn:<AWS::Partition>:ssm:<AWS::Region>:<AWS::AccountId>:parameter/incident-management/<AWS::StackName>/clusters/*]',
      `${name}/Role/Resource`,
      'Organisations and their clusters come at run time; the path is of this stack and of clusters alone',
    ],
  ),
  ...['OnCall', 'Deliver'].map(
    (name): Acknowledgement => [
      'IAM5[Resource::arn:<AWS::Partition>:ssm:<AWS::Region>:<AWS::AccountId>:parameter/incident-management/<AWS::StackName>/channels/*]',
      `${name}/Role/Resource`,
      'Organisations and the settings of their channels come at run time; the path is of this stack and of channels alone',
    ],
  ),
  ...['Receive', 'Alerts'].map(
    (name): Acknowledgement => [
      'IAM5[Resource::arn:<AWS::Partition>:ssm:<AWS::Region>:<AWS::AccountId>:parameter/incident-management/<AWS::StackName>/integrations/*]',
      `${name}/Role/Resource`,
      'Organisations and their integrations come at run time; the path is of this stack and of integrations alone',
    ],
  ),
  [
    'IAM5[Resource::*]',
    'Deliver/Role/Resource',
    'SNS knows no resource for a telephone number; every topic is denied',
  ],
  ...['Broadcast', 'FanOut'].flatMap((name): Acknowledgement[] => [
    [
      'IAM5[Resource::<StoresEventsTableFA6FEE50.Arn>/stream/*]',
      `${name}/Role/Resource`,
      'ListStreams is asked of all streams of the table; reading is granted for the one stream',
    ],
    [
      'IAM5[Resource::<StoresUndelivered91214FFD.Arn>/*]',
      `${name}/Role/Resource`,
      'Lambda chooses the names of the objects that it puts into this bucket',
    ],
  ]),

  ...['TakeEvents', 'ReceiveMail'].map(
    (name): Acknowledgement => [
      'IAM5[Resource::<StoresUndelivered91214FFD.Arn>/*]',
      `${name}/Role/Resource`,
      'Lambda chooses the names of the objects that it puts into this bucket',
    ],
  ),
  ...['Receive', 'Alerts', 'ReceiveMail'].map(
    (name): Acknowledgement => [
      'IAM5[Resource::<StoresDeliveries0FA0249B.Arn>/org_*]',
      `${name}/Role/Resource`,
      'Organisations and their integrations come at run time; these folders hold nothing but what they sent',
    ],
  ),
  [
    'IAM5[Resource::<StoresDeliveries0FA0249B.Arn>/mail/*]',
    'ReceiveMail/Role/Resource',
    'SES chooses the names of the mails that it puts into this folder',
  ],
  ...[
    ['Publish', 'private'],
    ['Publish', 'public'],
    ['Refresh', 'private'],
  ].map(
    ([name, folder]): Acknowledgement => [
      `IAM5[Resource::<StatusBucket1E63CB1A.Arn>/${folder}/*]`,
      `${name}/Role/Resource`,
      'Pages come and go, each with its files; the folder is fixed',
    ],
  ),

  ['L1', siteCopier, copies],
  ...[
    'Action::s3:GetBucket*',
    'Action::s3:GetObject*',
    'Action::s3:List*',
    'Action::s3:Abort*',
    'Action::s3:DeleteObject*',
    'Resource::arn:<AWS::Partition>:s3:::cdk-hnb659fds-assets-<AWS::AccountId>-<AWS::Region>/*',
    'Resource::<ConsoleBucket86B6957C.Arn>/*',
    'Resource::<StatusBucket1E63CB1A.Arn>/*',
  ].map((finding): Acknowledgement => [`IAM5[${finding}]`, 'Sites/Role/Resource', copies]),
];

/** What tracing adds: a statement of each function. A careless `*` among the grants is found without tracing, as tests look. */
const traced = Object.keys(functions).map(
  (name): Acknowledgement => ['IAM5[Resource::*]', `${name}/Role/Resource`, 'X-Ray knows no resources'],
);

/** Settings that change what is found. */
type Deciding = Pick<
  Settings,
  'restoredTable' | 'tracing' | 'alertsDomain' | 'runbookFunctions' | 'runbookDocuments' | 'bedrockModel'
>;

/** The accepted findings under these settings: a restored table is not of the stack, so rules name it by its ARN. */
export function acknowledgementsFor({ restoredTable, tracing, alertsDomain, ...named }: Deciding) {
  const isFound = ([rule, at]: Acknowledgement) =>
    alertsDomain === undefined || rule !== 'CFR4' || !at.startsWith('AlertsHost/');
  const own = acknowledgements.filter(isFound);
  const all = [...own, ...(tracing ? traced : []), ...settingsAcknowledgements(named)];
  if (restoredTable === undefined) return all;
  const arn = tableOfStream(restoredTable);
  return all.map(
    ([rule, ...rest]): Acknowledgement => [rule.replace('<StoresEventsTableFA6FEE50.Arn>', arn), ...rest],
  );
}

/** Records the acknowledgements. Throws for one whose construct is not in the stack, so that none outlives its cause. */
export function acknowledge(stack: Stack, rows: readonly Acknowledgement[]): void {
  for (const [rule, resource, reason] of rows) {
    const at = resource
      .split('/')
      .reduce<IConstruct | undefined>((found, id) => found?.node.tryFindChild(id), stack);
    if (at === undefined)
      throw new Error(`${rule} is acknowledged for ${resource}, which is not in the stack`);
    Validations.of(at).acknowledge({ id: `AwsSolutions-${rule}`, reason });
  }
}
