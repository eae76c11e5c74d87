/** What texts say that talk to a model instead of telling what happened. Each is bounded, so that it runs in linear time. */
const signs: readonly RegExp[] = [
  /\b(?:ignore|disregard|forget|override|bypass)\b.{0,40}\b(?:instructions?|rules?|prompts?|previous|prior|above|everything|all)\b/i,
  /\b(?:system|developer|hidden|new)\s{1,3}(?:prompts?|messages?|instructions?)\b/i,
  /\byou\s{1,3}(?:are\s{1,3}(?:now|an?\s{1,3}(?:ai|assistant|model|language))|must\s{1,3}(?:now|answer|reply|write|say)|will\s{1,3}now)\b/i,
  /(?:^|\s)(?:system|assistant|user|human)\s{0,3}:\s/i,
  /<\/?\s{0,3}(?:system|assistant|user|instructions?|data)\s{0,3}>/i,
  /\b(?:mark|set|close|declare)\b.{0,40}\b(?:as\s{1,3})?(?:resolved|closed|confirmed|done)\b/i,
  /\b(?:send|post|upload|forward|e-?mail|leak)\b.{0,60}\bto\b.{0,40}(?:https?:|@|\w\.[a-z]{2,})/i,
  /\b(?:reply|respond|answer)\s{1,3}(?:only\s{1,3})?(?:with|as|in)\b/i,
];

/** Whether a text reads like an instruction to a model. What alerts and people write is data, and such text is kept from it. */
export const readsLikeInstruction = (text: string): boolean => signs.some((sign) => sign.test(text));
