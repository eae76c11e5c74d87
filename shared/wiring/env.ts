/** Names of environment variables, set by the stack and read once at cold start. */
export const env = {
  table: 'TABLE_NAME',
  alertQueue: 'ALERT_QUEUE_URL',
  escalationQueue: 'ESCALATION_QUEUE_URL',
  roomQueue: 'ROOM_QUEUE_URL',
  deliveryQueue: 'DELIVERY_QUEUE_URL',
  publishQueue: 'PUBLISH_QUEUE_URL',
  mailingQueue: 'MAILING_QUEUE_URL',
  runbookQueue: 'RUNBOOK_QUEUE_URL',
  statusBucket: 'STATUS_BUCKET_NAME',
  statusUrl: 'STATUS_URL',
  secret: 'SECRET_ARN',
  socketUrl: 'SOCKET_URL',
  socketEndpoint: 'SOCKET_ENDPOINT',
  mailFrom: 'MAIL_FROM',
  publicUrl: 'PUBLIC_URL',
  /** Where senders of alerts are sent to: a host with nothing behind it, since they know the paths. */
  alertsUrl: 'ALERTS_URL',
  consoleUrl: 'CONSOLE_URL',
  issuer: 'OIDC_ISSUER',
  clientId: 'OIDC_CLIENT_ID',
  commandsClientId: 'OIDC_COMMANDS_CLIENT_ID',
  administrator: 'ADMINISTRATOR_EMAIL',
  organisation: 'ORGANISATION_NAME',
  systemName: 'SYSTEM_NAME',
  /** The path of the parameters that hold the credentials of video providers. */
  videoParameters: 'VIDEO_PARAMETERS',
  /** The path of the parameters that hold the tokens of clusters. */
  clusterParameters: 'CLUSTER_PARAMETERS',
  /** Names of functions that `lambda:` steps may call, separated by spaces, with `*` at their end; `none` for none. */
  runbookFunctions: 'RUNBOOK_FUNCTIONS',
  /** Names of documents that `ssm:` steps may run, separated by spaces; `none` for none. */
  runbookDocuments: 'RUNBOOK_DOCUMENTS',
  /** EKS clusters that our role is shown to, as `[<organisation>/]<region>/<name>`, separated by spaces; `none` for none. */
  runbookClusters: 'RUNBOOK_CLUSTERS',
  /** The model or inference profile of Amazon Bedrock that drafts post-mortems; `none` for none. */
  bedrockModel: 'BEDROCK_MODEL',
  /** A guardrail of Amazon Bedrock and its version, such as `abc123:1`; `none` for none. */
  bedrockGuardrail: 'BEDROCK_GUARDRAIL',
  /** The path of the parameters that hold the settings of channels for pages. */
  channelParameters: 'CHANNEL_PARAMETERS',
  /** The path of the parameters that hold the signing secrets of integrations. */
  integrationParameters: 'INTEGRATION_PARAMETERS',
  /** The bucket of the last bodies that integrations sent. */
  deliveryBucket: 'DELIVERY_BUCKET_NAME',
  /** The domain at which mail is received for integrations; `none` for none. */
  inboundDomain: 'INBOUND_DOMAIN',
  /** Origins, separated by spaces, that outbound requests may reach whatever guards against; `none` for none. */
  allowedEndpoints: 'ALLOWED_ENDPOINTS',
} as const;

export type EnvName = keyof typeof env;
