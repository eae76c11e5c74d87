import * as z from 'zod';
import { type JsonAnswer, type JsonEngine, privateFile, startJsonEngine } from './json-engine.ts';

const Kind = z.enum(['String', 'StringList', 'SecureString']);
const Parameter = z.object({ type: Kind, value: z.string(), version: z.int(), modified: z.number() });
const Stored = z.record(z.string(), Parameter);
type Parameters = z.infer<typeof Stored>;

// What is not here would change what AWS does, so a call that has it fails.
const Put = z.strictObject({
  Name: z
    .string()
    .regex(/^[\w./-]{1,1011}$/)
    .refine((name) => !/^\/?(aws|ssm)/i.test(name), 'No access to reserved parameter name'),
  Value: z.string().min(1),
  Type: Kind.optional(),
  Overwrite: z.boolean().default(false),
  Description: z.string().max(1_024).optional(),
});
const Get = z.strictObject({ Name: z.string(), WithDecryption: z.boolean().default(false) });
const Delete = z.strictObject({ Name: z.string() });

/** The most that a parameter of the standard tier holds, in bytes. */
const LARGEST = 4_096;

/** Where an engine of parameters is, and what it tells the time by. */
export interface ParameterOptions {
  readonly file: string;
  readonly account: { readonly id: string; readonly region: string };
  now(): number;
}

/** Starts a small Parameter Store (standard tier, the key that AWS manages) over one file, readable by its owner only. */
export async function startParameters(options: ParameterOptions): Promise<JsonEngine> {
  const kept = privateFile<Parameters>(options.file, Stored, { none: {}, what: 'parameters' });
  return startJsonEngine('ValidationException', (operation, input) => {
    if (operation === 'PutParameter') return put(Put.parse(input), kept, options);
    if (operation === 'GetParameter') return get(Get.parse(input), kept.content, options);
    if (operation === 'DeleteParameter') return remove(Delete.parse(input), kept);
    // Nothing here could carry out a document, so none is known.
    if (operation === 'StartAutomationExecution') return noDocument;
    if (operation === 'GetAutomationExecution') return noExecution;
    throw new Error(`The local runner has no operation ${operation} of Parameter Store`);
  });
}

interface Kept {
  readonly content: Parameters;
  save(): void;
}

function put({ Name, Value, Type, Overwrite }: z.infer<typeof Put>, kept: Kept, { now }: ParameterOptions) {
  const before = own(kept.content, Name);
  if (before !== undefined && !Overwrite)
    return failure(
      'ParameterAlreadyExists',
      'The parameter already exists. To overwrite this value, set the overwrite option in the request to true.',
    );
  const type = Type ?? before?.type;
  if (type === undefined) throw new Error('A parameter type is required when you create a parameter.');
  if (Buffer.byteLength(Value) > LARGEST)
    throw new Error(`Standard tier parameters support a maximum parameter value of ${LARGEST} characters.`);
  const version = (before?.version ?? 0) + 1;
  kept.content[Name] = { type, value: Value, version, modified: now() };
  kept.save();
  return { Version: version, Tier: 'Standard' };
}

function get({ Name, WithDecryption }: z.infer<typeof Get>, all: Parameters, { account }: ParameterOptions) {
  const found = own(all, Name);
  if (found === undefined) return notFound;
  const { type, value, version, modified } = found;
  // Nobody reads a secret who forgot to ask for its decryption.
  const isReadable = type !== 'SecureString' || WithDecryption;
  return {
    Parameter: {
      Name,
      Type: type,
      Value: isReadable ? value : `encrypted:${Buffer.from(String(version)).toString('base64')}`,
      Version: version,
      LastModifiedDate: modified / 1_000,
      ARN: `arn:aws:ssm:${account.region}:${account.id}:parameter${Name.startsWith('/') ? '' : '/'}${Name}`,
      DataType: 'text',
    },
  };
}

function remove({ Name }: z.infer<typeof Delete>, kept: Kept) {
  if (own(kept.content, Name) === undefined) return notFound;
  delete kept.content[Name];
  kept.save();
  return {};
}

const own = (all: Parameters, name: string) => (Object.hasOwn(all, name) ? all[name] : undefined);

// Its real message is empty, too.
const failure = (name: string, message: string): JsonAnswer => ({ __type: name, message });
const notFound = failure('ParameterNotFound', '');
const noDocument = failure(
  'AutomationDefinitionNotFoundException',
  'There are no automation documents on this machine.',
);
const noExecution = failure(
  'AutomationExecutionNotFoundException',
  'No automation was started on this machine.',
);
