import * as z from 'zod';
import { severities } from './severity.ts';
import type { Mapping } from './sources/generic/mapping.ts';
import { pointerFault } from './sources/generic/pointer.ts';
import type { Source } from './sources/index.ts';

/** What a user may set for one integration beside its name; each source takes those of its own. */
export interface IntegrationOptions {
  /** For `generic`: where its bodies say what. */
  readonly mapping?: Mapping | undefined;
  /** For `cloudwatch`: the topics of Amazon SNS that may send here, by ARN, of which the end may be `*`. */
  readonly topics?: readonly string[] | undefined;
  /** For alarms of CloudWatch: what one with too few data means. */
  readonly insufficientData?: 'ignore' | 'fire' | undefined;
}

const pointer = z.string().superRefine((text, issues) => {
  const fault = pointerFault(text);
  if (fault !== undefined) issues.addIssue({ code: 'custom', message: `This ${fault}` });
});

const word = z.string().trim().min(1).max(100);
const words = z.array(word).min(1).max(50).optional();

/** A mapping as it comes in; each fault names its pointer by its path. */
export const mappingInput = z
  .strictObject({
    items: pointer.optional().meta({
      description: 'To a list of which each entry is one alert; the other pointers then begin there.',
    }),
    title: pointer.optional(),
    description: pointer.optional(),
    state: z
      .strictObject({ at: pointer, firing: words, acknowledged: words, resolved: words })
      .optional()
      .meta({ description: 'Where the state is, and the words there that mean each.' }),
    key: z
      .union([pointer, z.array(pointer).min(1).max(10)])
      .optional()
      .meta({ description: 'What names the alert for its whole life; of several, all together.' }),
    severity: z
      .strictObject({ at: pointer, words: z.record(word, z.enum(severities)).optional() })
      .optional()
      .meta({ description: 'Where the severity is, and what the words there mean.' }),
    service: pointer.optional(),
    time: pointer.optional(),
    labels: pointer.optional().meta({ description: 'To an object whose flat fields are the labels.' }),
    link: pointer.optional(),
  })
  .meta({
    id: 'Mapping',
    description:
      'JSON pointers (RFC 6901) to where a body says what; what is not pointed at is read as without a mapping.',
  }) satisfies z.ZodType<Mapping>;

const topic = z.string().regex(/^arn:aws[a-z-]*:sns:[a-z0-9-]+:\d{12}:([\w.-]{1,256}|[\w.-]{0,255}\*)$/, {
  error: ({ input }) =>
    `Got ${JSON.stringify(input)}; allowed is the ARN of a topic, such as arn:aws:sns:eu-central-1:123456789012:alarms, of which the end may be *`,
});

const insufficientData = z
  .enum(['ignore', 'fire'])
  .optional()
  .meta({ description: 'What an alarm with too few data means: nothing, or an alert.' });

/** The options of a source that has none. */
const none = z.strictObject({});

const bySource: Partial<Record<Source, z.ZodType<IntegrationOptions>>> = {
  cloudwatch: z.strictObject({
    topics: z.array(topic).min(1).max(50).optional().meta({
      description:
        'The topics of Amazon SNS that may send and whose subscription is confirmed, and no other. With none named, every topic that knows the address may send, and no subscription is confirmed.',
    }),
    insufficientData,
  }),
  eventbridge: z.strictObject({ insufficientData }),
  generic: z.strictObject({ mapping: mappingInput.optional() }),
};

/** The options that integrations of a source take; whatever is none of them is a fault by its name. */
export function optionsInput(source: Source): z.ZodType<IntegrationOptions> {
  return bySource[source] ?? none;
}
