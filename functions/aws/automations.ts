import {
  GetAutomationExecutionCommand,
  SSMClient,
  StartAutomationExecutionCommand,
} from '@aws-sdk/client-ssm';

/** Tried once: an automation that was started twice would run twice. */
const client = new SSMClient({
  maxAttempts: 1,
  requestHandler: { connectionTimeout: 1_000, requestTimeout: 5_000, throwOnRequestTimeout: true },
});

/** How an automation stands. */
export interface Automation {
  /** As Systems Manager says it, such as `Success` or `InProgress`. */
  readonly status: string;
  readonly failure?: string;
  readonly outputs: Readonly<Record<string, readonly string[]>>;
}

/** Starts an automation by the name of its document, and gives the id of the execution. */
export async function startAutomation(
  document: string,
  parameters: Readonly<Record<string, readonly string[]>>,
): Promise<string> {
  const Parameters = Object.fromEntries(
    Object.entries(parameters).map(([name, values]) => [name, [...values]]),
  );
  const command = new StartAutomationExecutionCommand({ DocumentName: document, Parameters });
  const { AutomationExecutionId: id } = await client.send(command);
  if (id === undefined) throw new Error('Systems Manager started an automation without an id');
  return id;
}

/** How an automation stands that was started before. */
export async function automationOf(id: string): Promise<Automation> {
  const { AutomationExecution: execution } = await client.send(
    new GetAutomationExecutionCommand({ AutomationExecutionId: id }),
  );
  const {
    AutomationExecutionStatus: status = 'Unknown',
    FailureMessage: failure,
    Outputs = {},
  } = execution ?? {};
  return { status, outputs: Outputs, ...(failure !== undefined && { failure }) };
}
