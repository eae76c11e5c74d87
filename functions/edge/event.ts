import { logFault } from './errors.ts';

/** A Lambda that hears events of this account. A fault is logged and thrown on, so that Lambda tries again and then keeps the event. */
export function heard(take: (event: unknown) => Promise<void>) {
  return async (event: unknown): Promise<void> => {
    try {
      await take(event);
    } catch (error) {
      logFault(error, 'event');
      throw error;
    }
  };
}
