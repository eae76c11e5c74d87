/** What the local runner makes of the properties of one type: those that it acts on, and those that change nothing here. */
export interface KnownProperties {
  readonly acts: string;
  /** Each with the reason. */
  readonly harmless?: Readonly<Record<string, string>>;
}

const label = 'a name or note for people';
const cost = 'how it is paid for or kept, which is nothing here';
const safety = 'protection that one machine needs not';
const trace = 'there are no traces, metrics or access logs here';

/**
 * The properties that are known, by type. Another one may change what a resource does, so a template that has it refuses to
 * start rather than run as if it had not. Types that are not here are read whole by the file that serves them.
 */
export const knownProperties: Readonly<Record<string, KnownProperties>> = {
  'AWS::Lambda::Function': {
    acts: 'Code Environment FunctionName Handler MemorySize ReservedConcurrentExecutions Role Runtime Timeout',
    harmless: {
      Architectures: 'JavaScript runs on every machine',
      Description: label,
      LoggingConfig: 'the logs of a function are a file in the data folder',
      RecursiveLoop: 'nobody stops loops here, so a template test checks who may have one',
      Tags: label,
      TracingConfig: trace,
    },
  },
  'AWS::SQS::Queue': {
    acts:
      'ContentBasedDeduplication DelaySeconds FifoQueue MaximumMessageSize MessageRetentionPeriod QueueName ' +
      'ReceiveMessageWaitTimeSeconds RedrivePolicy VisibilityTimeout',
    harmless: { KmsMasterKeyId: safety, SqsManagedSseEnabled: safety, Tags: label },
  },
  'AWS::DynamoDB::GlobalTable': {
    acts: 'AttributeDefinitions GlobalSecondaryIndexes KeySchema LocalSecondaryIndexes StreamSpecification TableName TimeToLiveSpecification',
    harmless: { BillingMode: cost, Replicas: 'there is one region here', SSESpecification: safety },
  },
  'AWS::DynamoDB::Table': {
    acts: 'AttributeDefinitions GlobalSecondaryIndexes KeySchema LocalSecondaryIndexes StreamSpecification TableName TimeToLiveSpecification',
    harmless: {
      BillingMode: cost,
      DeletionProtectionEnabled: safety,
      PointInTimeRecoverySpecification: safety,
      SSESpecification: safety,
      Tags: label,
    },
  },
  'AWS::S3::Bucket': {
    acts: 'BucketName',
    harmless: {
      BucketEncryption: safety,
      LifecycleConfiguration: cost,
      LoggingConfiguration: trace,
      MetricsConfigurations: trace,
      OwnershipControls: safety,
      PublicAccessBlockConfiguration: safety,
      Tags: label,
      VersioningConfiguration: safety,
    },
  },
  'AWS::SecretsManager::Secret': {
    acts: 'GenerateSecretString Name SecretString',
    harmless: { Description: label, KmsKeyId: safety, Tags: label },
  },
  'AWS::SES::ReceiptRuleSet': { acts: 'RuleSetName' },
  'AWS::Events::Rule': {
    acts: 'EventPattern Name ScheduleExpression State Targets',
    harmless: { Description: label },
  },
  'AWS::ApiGateway::RestApi': {
    acts: 'BinaryMediaTypes',
    harmless: {
      Description: label,
      DisableExecuteApiEndpoint: 'there is one address here',
      EndpointConfiguration: 'there is one region here',
      Name: label,
      Tags: label,
    },
  },
  'AWS::ApiGateway::Stage': {
    acts: 'RestApiId StageName Variables',
    harmless: {
      AccessLogSetting: trace,
      DeploymentId: 'the template is what is deployed',
      Description: label,
      MethodSettings: 'throttling that one machine never reaches, and logs',
      Tags: label,
      TracingEnabled: trace,
    },
  },
  'AWS::ApiGateway::Method': {
    acts: 'ApiKeyRequired AuthorizationType AuthorizerId HttpMethod Integration ResourceId RestApiId',
    harmless: {
      MethodResponses: 'functions answer whole',
      OperationName: label,
      RequestParameters: 'the functions check their input themselves',
    },
  },
  'AWS::ApiGatewayV2::Route': {
    acts: 'ApiId AuthorizationType AuthorizerId RouteKey RouteResponseSelectionExpression Target',
    harmless: { OperationName: label },
  },
  'AWS::ApiGatewayV2::Stage': {
    acts: 'ApiId StageName StageVariables',
    harmless: {
      AccessLogSettings: trace,
      AutoDeploy: 'the template is what is deployed',
      DefaultRouteSettings: 'throttling that one machine never reaches, and logs',
      Description: label,
      Tags: label,
    },
  },
};

/** The properties of a resource that nobody here knows. */
export function unknownProperties(type: string, names: readonly string[]): readonly string[] {
  const known = knownProperties[type];
  if (known === undefined) return [];
  const all = new Set([...known.acts.split(' '), ...Object.keys(known.harmless ?? {})]);
  return names.filter((name) => !all.has(name));
}
