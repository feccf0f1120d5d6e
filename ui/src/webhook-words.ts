import type { ExtraWebhooksView, WebhookNowView, WebhooksWas, WebhookWas } from "./host";
import { say, sayList } from "./words";

type Named = { name: string | null; host: string };

/** A webhook by its host, and an extra one by its name too. */
export function webhookName({ name, host }: Named): string {
  return name === null ? host : say("webhook-named", { name, host });
}

/** How many webhooks there were, and which. */
export function webhookFacts({ webhooks }: WebhooksWas): { count: number; hosts: string } {
  return { count: webhooks.length, hosts: sayList(webhooks.map(webhookName)) };
}

const REFUSED = {
  notHttps: "webhook-refused-not-https",
  underscore: "webhook-refused-underscore",
  port: "webhook-refused-port",
} as const;

/** Which addresses 360dialog refuses, and what to do then; null where it is known of none. */
export function refusedWords(webhooks: WebhookWas[]): string | null {
  const refused = webhooks.flatMap(({ host, refused }) =>
    refused === null ? [] : [say(REFUSED[refused], { host })],
  );
  return refused.length === 0 ? null : [...refused, say("webhook-refused-do")].join(" ");
}

/** How one webhook stands after a key was replaced, beside its name. */
export function nowWords(was: WebhookWas, now: WebhookNowView): string {
  switch (now.kind) {
    case "asBefore":
      return say("webhook-line-as-before");
    case "notSet":
      return say("webhook-line-not-set");
    case "other":
      return now.host === was.host
        ? say("webhook-line-changed")
        : say("webhook-line-other", { now: now.host });
    case "switchedOff":
      return say("webhook-line-off");
    case "notTold":
      return say("webhook-line-not-told");
  }
}

/** Which extra webhooks there are besides the main one; null where there is nothing to say. */
export function extraWords({ list, isOff }: ExtraWebhooksView): string | null {
  if (list.length === 0) return null;
  const facts = { count: list.length, hosts: sayList(list.map(webhookName)) };
  return say(isOff ? "webhook-fact-extra-off" : "webhook-fact-extra", facts);
}
