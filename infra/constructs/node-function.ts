import { Duration } from 'aws-cdk-lib';
import { PolicyDocument, PolicyStatement, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import {
  Architecture,
  type CfnFunction,
  Code,
  Function as Lambda,
  RecursiveLoop,
  Runtime,
} from 'aws-cdk-lib/aws-lambda';
import { LogGroup, RetentionDays } from 'aws-cdk-lib/aws-logs';
import { Construct } from 'constructs';
import { queueTimes } from '../../shared/wiring/index.ts';
import { InlineRole } from './inline-role.ts';
import { refuseSecrets } from './refuse-secrets.ts';
import type { Retention } from './retention.ts';

interface NodeFunctionProps {
  /** The folder of the bundle; its entry is `<id>.mjs`. */
  readonly folder: string;
  readonly environment: Readonly<Record<string, string>>;
  readonly keep: Retention;
  /** Lets the function send to the queue that feeds it; its chains of messages must end. @default false */
  readonly recursive?: boolean;
  /** Whether X-Ray gets a sample of the invocations. */
  readonly traced: boolean;
  /** Executions that are kept for this function alone. @default none, as new accounts require */
  readonly reserved?: number | undefined;
  /** @default as long as every function may take */
  readonly seconds?: number | undefined;
  /** In MB; with it grows the share of a processor, which is a whole one from 1,769 on. @default 512 */
  readonly memory?: number | undefined;
}

/** A Lambda function with a role and a log group of its own. */
export class NodeFunction extends Construct {
  readonly lambda: Lambda;
  readonly role: InlineRole;
  readonly reserved: number | undefined;

  constructor(scope: Construct, id: string, props: NodeFunctionProps) {
    super(scope, id);
    refuseSecrets(id, props.environment);
    this.reserved = props.reserved;
    const logGroup = new LogGroup(this, 'Logs', {
      retention: RetentionDays.THREE_MONTHS,
      removalPolicy: props.keep.removal,
    });
    this.role = new InlineRole(this, 'Role', {
      assumedBy: new ServicePrincipal('lambda.amazonaws.com'),
      own: { LogsAndTraces: logsAndTraces(logGroup, props.traced) },
    });
    this.lambda = new Lambda(this, 'Function', {
      code: Code.fromAsset(props.folder),
      handler: `${id}.handler`,
      runtime: Runtime.NODEJS_24_X,
      architecture: Architecture.ARM_64,
      timeout: Duration.seconds(props.seconds ?? queueTimes.functionTimeout),
      memorySize: props.memory ?? 512,
      environment: { ...props.environment, NODE_OPTIONS: '--enable-source-maps' },
      role: this.role,
      logGroup,
      ...(props.reserved !== undefined && { reservedConcurrentExecutions: props.reserved }),
      recursiveLoop: props.recursive === true ? RecursiveLoop.ALLOW : RecursiveLoop.TERMINATE,
    });
    // The construct's own option would put X-Ray's `*` among the grants, where it would merge with a careless one.
    (this.lambda.node.defaultChild as CfnFunction).tracingConfig = {
      mode: props.traced ? 'Active' : 'PassThrough',
    };
  }
}

const tracing = new PolicyStatement({
  actions: ['xray:PutTraceSegments', 'xray:PutTelemetryRecords'],
  resources: ['*'],
});

/** X-Ray knows no resources, so its statement stands here, apart from the grants. */
function logsAndTraces(logGroup: LogGroup, traced: boolean): PolicyDocument {
  return new PolicyDocument({
    statements: [
      new PolicyStatement({
        actions: ['logs:CreateLogStream', 'logs:PutLogEvents'],
        resources: [logGroup.logGroupArn],
      }),
      ...(traced ? [tracing] : []),
    ],
  });
}
