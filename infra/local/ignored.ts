/** Types of which nothing has to run on one machine, each with the reason. */
export const ignored: Readonly<Record<string, string>> = {
  'AWS::SQS::QueuePolicy': 'only roles are checked locally; the template tests check who else has access',
  'AWS::S3::BucketPolicy': 'only roles are checked locally; the template tests check who else has access',
  'AWS::SecretsManager::ResourcePolicy':
    'only roles are checked locally; the template tests check who else has access',
  'AWS::SNS::TopicPolicy': 'only roles are checked locally; the template tests check who else has access',
  'AWS::KMS::Key': 'nothing is encrypted locally',
  'AWS::KMS::Alias': 'nothing is encrypted locally',
  'AWS::Logs::LogGroup': 'the logs of a function are a file in the data folder',
  'AWS::Logs::MetricFilter': 'there are no metrics locally',
  'AWS::CloudWatch::Alarm': 'there are no metrics locally',
  'AWS::CloudWatch::CompositeAlarm': 'there are no metrics locally',
  'AWS::CloudWatch::Dashboard': 'there are no metrics locally',
  'AWS::SNS::Topic': 'only alarms publish to topics',
  'AWS::SNS::Subscription': 'only alarms publish to topics',
  'AWS::Budgets::Budget': 'nothing costs money locally',
  'AWS::Lambda::LayerVersion': 'only functions of custom resources use layers, and those do not run',
  'AWS::ApiGateway::Model': 'the functions check their input themselves',
  'AWS::ApiGateway::RequestValidator': 'the functions check their input themselves',
  'AWS::Route53::RecordSet':
    'names are found by the resolver of this machine, and hosts are shown by their local addresses',
  'AWS::SES::ConfigurationSet': 'the local inbox keeps every mail',
  'AWS::SES::ConfigurationSetEventDestination': 'no mail bounces locally',
  'AWS::CDK::Metadata': 'statistics of the CDK',
  'Custom::S3AutoDeleteObjects': 'the data folder is deleted by hand or with --fresh',
};

/** Why a function that only serves custom resources does not run locally. */
export const customResourceFunction = 'only a deployment calls it, and nothing is deployed locally';
