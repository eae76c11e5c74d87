import {
  DynamoDBDocumentClient,
  GetCommand,
  UpdateCommand,
  type UpdateCommandInput,
} from '@aws-sdk/lib-dynamodb';
import { mockClient } from 'aws-sdk-client-mock';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { clock } from '../../../functions/aws/clock.ts';
import { newId } from '../../../functions/aws/random.ts';
import {
  keepNumbers,
  lastNumber,
  nextNumber,
  reserve,
  sequenceWrites,
} from '../../../functions/aws/sequence.ts';
import { env } from '../../../shared/wiring/index.ts';

const dynamodb = mockClient(DynamoDBDocumentClient);

beforeEach(() => {
  process.env[env.table] = 'Events';
  dynamodb.reset();
  dynamodb.on(UpdateCommand).callsFake(counter());
});

/** A counter as the table keeps it, from zero. */
function counter() {
  let last = 0;
  return async ({ ExpressionAttributeValues: values = {} }: UpdateCommandInput) => {
    last += Number(Object.values(values).find((value) => typeof value === 'number'));
    return { Attributes: { last } };
  };
}

const together = (org: ReturnType<typeof organisation>, count: number) =>
  Promise.all(Array.from({ length: count }, () => nextNumber(org)));
const organisation = () => newId('organisation');

describe('numbers of incidents', () => {
  it('that are asked for together come from one block, each once', async () => {
    expect(await together(organisation(), 10)).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9, 10]);
    expect(dynamodb.calls()).toHaveLength(1);
  });

  it('go on without a gap when more are asked for together than a block has', async () => {
    const org = organisation();
    expect(new Set(await together(org, 25))).toEqual(new Set(Array.from({ length: 25 }, (_, i) => i + 1)));
    expect(dynamodb.calls()).toHaveLength(1);
    expect(await together(org, 12)).toHaveLength(12);
    expect(dynamodb.calls()).toHaveLength(2);
  });

  it('go on without a gap when a block is used up amid many', async () => {
    const org = organisation();
    const first = await together(org, 4);
    const rest = await together(org, 11);
    expect(new Set([...first, ...rest])).toEqual(new Set(Array.from({ length: 15 }, (_, i) => i + 1)));
    expect(dynamodb.calls()).toHaveLength(2);
  });

  it('are taken before they are needed, as many as were used the last time', async () => {
    const org = organisation();
    await together(org, 10);
    await keepNumbers(org, 10);
    await together(org, 10);
    expect(dynamodb.calls()).toHaveLength(2);
    await keepNumbers(org, 0);
    expect(dynamodb.calls()).toHaveLength(2);
    await keepNumbers(org, 1);
    expect(await nextNumber(org)).toBe(21);
    await keepNumbers(org, 1);
    expect(dynamodb.calls()).toHaveLength(3);
  });

  it('are asked for anew after the table failed', async () => {
    const org = organisation();
    dynamodb.on(UpdateCommand).rejectsOnce(new Error('down')).callsFake(counter());
    await expect(together(org, 3)).rejects.toThrow('down');
    expect(await nextNumber(org)).toBe(1);
  });

  it('are not waited for from a request that an environment took with it into its sleep', async () => {
    const org = organisation();
    const now = vi.spyOn(clock, 'now').mockReturnValue(0);
    const { promise: asleep, resolve: wake } = Promise.withResolvers<void>();
    const count = counter();
    dynamodb
      .on(UpdateCommand)
      .callsFakeOnce(async (input: UpdateCommandInput) => {
        const block = await count(input);
        await asleep;
        return block;
      })
      .callsFake(count);
    const lost = nextNumber(org);
    now.mockReturnValue(60_000);
    const own = await together(org, 3);
    expect(own).toEqual([11, 12, 13]);
    wake();
    // The old block comes late and brings no number twice.
    const later = [await lost, ...(await together(org, 12))];
    expect(new Set([...own, ...later])).toHaveLength(16);
    now.mockRestore();
  });
});

/** As the table keeps a row: what is added, onto what is there. */
function sequenceRow(row: Record<string, number>) {
  dynamodb.reset();
  dynamodb
    .on(UpdateCommand)
    .callsFake(async ({ ExpressionAttributeValues: values = {} }: UpdateCommandInput) => {
      row.more = (row.more ?? 0) + Number(Object.values(values)[0]);
      return { Attributes: { ...row } };
    });
  dynamodb.on(GetCommand).callsFake(async () => ({ Item: { ...row } }));
}

describe('numbers of the facts of an incident', () => {
  const inc = newId('incident');

  it('go on after the two that it is opened with as a rule, of which nothing is written', async () => {
    expect(sequenceWrites(organisation(), inc, 2)).toEqual([]);
    sequenceRow({});
    expect(await reserve(organisation(), inc, 3)).toBe(3);
    expect(await reserve(organisation(), inc, 1)).toBe(6);
    expect(await lastNumber(organisation(), inc)).toBe(6);
  });

  it.each([1, 3, 40])('go on after %i, which it was opened with', async (last) => {
    const [write] = sequenceWrites(organisation(), inc, last);
    expect(write).toMatchObject({ put: { last }, ifNew: true });
    sequenceRow({ last });
    expect(await reserve(organisation(), inc, 2)).toBe(last + 1);
    expect(await lastNumber(organisation(), inc)).toBe(last + 2);
  });
});
