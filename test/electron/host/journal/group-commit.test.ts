/** Batches that wait while the disk is busy go together, and nobody is answered before the flush. */
import { describe, expect, it } from 'vitest';
import { GroupCommit, type PendingBatch } from '../../../../electron/host/journal/group-commit.ts';
import { makeBatch, makeSpan } from '../store-fixture.ts';

function pending(id: string): PendingBatch {
  return { batch: makeBatch([makeSpan('t', id)]), durable: true };
}

interface Commit {
  readonly ids: readonly string[];
  finish(): void;
  fail(error: Error): void;
}

/** A commit that a test finishes by hand. */
function makeCommits(): { commits: Commit[]; group: GroupCommit } {
  const commits: Commit[] = [];
  const group = new GroupCommit(
    (batches) =>
      new Promise((resolve, reject) => {
        const ids = batches.flatMap(({ batch }) =>
          (batch?.records ?? []).flatMap((record) => (record.kind === 'span' ? record.row.spanId : [])),
        );
        commits.push({ ids, finish: resolve, fail: reject });
      }),
  );
  return { commits, group };
}

describe('group commit', () => {
  it('puts what waits during a flush into the next group', async () => {
    const { commits, group } = makeCommits();
    const answers = ['a', 'b', 'c'].map((id) => group.append(pending(id)));
    expect(commits.map(({ ids }) => ids)).toEqual([['a']]);
    commits[0]?.finish();
    await answers[0];
    await new Promise(setImmediate);
    expect(commits.map(({ ids }) => ids)).toEqual([['a'], ['b', 'c']]);
    commits[1]?.finish();
    await Promise.all(answers);
    await group.idle();
  });

  it('answers nobody before the group is committed', async () => {
    const { commits, group } = makeCommits();
    let answered = false;
    const answer = group.append(pending('a')).then(() => (answered = true));
    await new Promise(setImmediate);
    expect(answered).toBe(false);
    commits[0]?.finish();
    await answer;
    expect(answered).toBe(true);
  });

  it('fails every batch of a group whose commit failed, and goes on with the next group', async () => {
    const { commits, group } = makeCommits();
    const first = group.append(pending('a'));
    const second = group.append(pending('b'));
    commits[0]?.fail(new Error('disk'));
    await expect(first).rejects.toThrow('disk');
    await new Promise(setImmediate);
    commits[1]?.finish();
    await second;
  });

  it('takes a flush without a batch behind what was appended before', async () => {
    const { commits, group } = makeCommits();
    const answers = [group.append(pending('a')), group.append({ batch: undefined, durable: true })];
    commits[0]?.finish();
    await answers[0];
    await new Promise(setImmediate);
    expect(commits[1]?.ids).toEqual([]);
    commits[1]?.finish();
    await Promise.all(answers);
  });
});
