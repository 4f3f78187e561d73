/** Whose traces may be stored. A deny wins over a skeleton, and both over being named as allowed. No reason names anyone. */
import {
  allow,
  definePlugin,
  deny,
  skeleton,
  type AccessDecision,
  type Settings,
  type TraceHeadView,
} from 'tracebench/plugin';

const listAt = (settings: Settings, name: string): readonly string[] => {
  const list = settings[name];
  return Array.isArray(list) ? (list as readonly string[]) : [];
};

function tagsOf({ metadata }: TraceHeadView): readonly string[] {
  const given = metadata['tags'] ?? metadata['tag'];
  const list = Array.isArray(given) ? given : typeof given === 'string' ? given.split(',') : [];
  return list.flatMap((tag) => (typeof tag === 'string' ? [tag.trim()] : []));
}

function judgeUser(userId: string | undefined, settings: Settings): AccessDecision | undefined {
  const allowed = listAt(settings, 'allowUsers');
  if (userId !== undefined && listAt(settings, 'denyUsers').includes(userId))
    return deny('a user whose traces are not stored');
  if (allowed.length === 0) return undefined;
  if (userId !== undefined)
    return allowed.includes(userId) ? undefined : deny('the user is not among those that are allowed');
  if (settings.missingUser === 'allow') return undefined;
  return settings.missingUser === 'skeleton' ? skeleton('no user is named') : deny('no user is named');
}

function judgeGroup(groupId: string | undefined, settings: Settings): AccessDecision | undefined {
  if (groupId !== undefined && listAt(settings, 'denyGroups').includes(groupId))
    return deny('a group whose traces are not stored');
  const allowed = listAt(settings, 'allowGroups');
  if (allowed.length === 0 || (groupId !== undefined && allowed.includes(groupId))) return undefined;
  return deny('the group is not among those that are allowed');
}

function judgeTags(tags: readonly string[], settings: Settings): AccessDecision | undefined {
  const has = (name: string): boolean => listAt(settings, name).some((tag) => tags.includes(tag));
  if (has('denyTags')) return deny('a tag whose traces are not stored');
  return has('skeletonTags') ? skeleton('a tag of which only skeletons are stored') : undefined;
}

export const plugin = definePlugin({
  access(trace, { settings }) {
    const { userId, groupId } = trace;
    const isSkeleton = userId !== undefined && listAt(settings, 'skeletonUsers').includes(userId);
    const said = [
      judgeUser(userId, settings),
      judgeGroup(groupId, settings),
      judgeTags(tagsOf(trace), settings),
      isSkeleton ? skeleton('a user of whom only skeletons are stored') : undefined,
    ].filter((each) => each !== undefined);
    return said.find(({ decision }) => decision === 'deny') ?? said[0] ?? allow();
  },
});
