import { describe, expect, it } from "vitest";
import { askingHost } from "../src/asking-host";
import { Desk } from "../src/desk.svelte";
import { DeskHistory } from "../src/desk-history.svelte";
import { DeskWork } from "../src/desk-work.svelte";
import type { Answer, Host } from "../src/host";
import { LongList, type Piece } from "../src/long-list.svelte";
import { CHANGES, deskView, practiceDesk } from "./fake-desk";
import { fails, fakeHost, key, ok } from "./fake-host";

/** Answers that come when the story says so, in whatever order. */
function held<T>() {
  const asked: ((answer: Answer<T>) => void)[] = [];
  return { asked, call: () => new Promise<Answer<T>>((answer) => void asked.push(answer)) };
}

/** Until all that follows from an answer has been done. */
const settled = () => new Promise((soon) => setTimeout(soon));

describe("what was read later stays, whatever comes of an earlier reading", () => {
  it("of a long list, and a change that was told while a reading failed is read all the same", async () => {
    const { asked, call } = held<Piece<string>>();
    const list = new LongList<string, string>(call, "all");
    const piece = (line: string) => ok({ total: 1, from: 0, lines: [line] });

    // Given a reading that is on its way when something changes
    list.again();
    list.again();
    expect(asked).toHaveLength(1);

    // When it fails, then the change is read, and nothing else is asked again and again
    asked[0]!(fails("program" as never));
    await settled();
    expect(asked).toHaveLength(2);
    asked[1]!(piece("new"));
    await settled();
    expect([list.lines, list.failure, asked.length]).toEqual([["new"], null, 2]);

    // And one that was asked for earlier and comes later takes nothing of it
    void list.look("all");
    void list.look("all");
    asked[3]!(piece("newest"));
    asked[2]!(piece("older"));
    await settled();
    expect(list.lines).toEqual(["newest"]);
  });

  it("of how the desk stands", async () => {
    const { asked, call } = held<ReturnType<typeof deskView>>();
    const lines = practiceDesk(3);
    const [older, newer] = [deskView(lines, { clients: 1 }), deskView(lines, { clients: 2 })];
    const desk = new Desk(fakeHost({ desk: call }), null);
    void desk.start();
    await settled();

    desk.take(newer);
    asked[0]!(ok(older));
    await settled();

    expect(desk.view?.clients).toBe(2);
  });

  it("of the keys that were made there", async () => {
    const { asked, call } = held<DeskWork["keys"]>();
    const work = new DeskWork(fakeHost({ deskKeys: call }), () => {});
    void work.readKeys();
    void work.readKeys();

    asked[1]!(ok([]));
    await settled();
    asked[0]!(ok([{ key: key(), clientId: null, clientName: null, waits: true } as never]));
    await settled();
    expect(work.keys).toEqual([]);

    // And a failure that comes late is no news either
    void work.readKeys();
    void work.readKeys();
    asked[3]!(ok([]));
    asked[2]!(fails("recordsOut"));
    await settled();
    expect(work.failure).toBeNull();
  });

  it("of what changed at a channel", async () => {
    const { asked, call } = held<{ changes: typeof CHANGES; more: boolean }>();
    const history = new DeskHistory(fakeHost({ deskChanges: call }), "c0CH");
    void history.read();
    void history.read();

    asked[1]!(ok({ changes: CHANGES, more: false }));
    await settled();
    asked[0]!(ok({ changes: CHANGES.slice(1), more: false }));
    await settled();

    expect(history.changes?.map(({ id }) => id)).toEqual(CHANGES.map(({ id }) => id));
  });
});

describe("what is made once more when the password was given", () => {
  const asking = { times: 0, ask: async () => true };

  it("is a call that the session ended, and nothing that only listens, whatever either is called", async () => {
    let calls = 0;
    const listen = () => () => {};
    const host = fakeHost({ deskMode: async () => (++calls === 1 ? fails("sessionEnded") : ok("mayWrite")) });
    const named = Object.assign(host, { onLink: listen, linkCame: listen }) as unknown as Host;

    const asked = askingHost(named, asking);

    expect(await asked.deskMode()).toEqual(ok("mayWrite"));
    expect(calls).toBe(2);
    expect(asked.onLink).toBe(listen);
    expect((asked as unknown as { linkCame: unknown }).linkCame).toBe(listen);
  });
});
