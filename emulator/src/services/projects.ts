import { randomUUID } from 'node:crypto';
import type { Caller } from '../caller.ts';
import type { Context } from '../context.ts';
import { first } from '../db/db.ts';
import { conflict, forbidden, invalid, projectNotFound, userNotFound } from '../errors.ts';
import type { MemberRow, ProjectRow } from '../wire/project.ts';
import { isModerator, mustBeInProject } from './access.ts';
import { insertChannel } from './channels.ts';
import { slugOf } from './slug.ts';

const selectProjects = `
  select p.*,
    (select count(*) from project_members m where m.project_id = p.project_id) as member_count,
    (select count(*) from channels c where c.project_id = p.project_id) as channel_count,
    (select max(m.created_at) from channels c join messages m on m.message_id = c.last_message_id
      where c.project_id = p.project_id) as last_activity
  from projects p`;

export async function projectsOf({ db }: Context, caller: Caller): Promise<ProjectRow[]> {
  return db.query<ProjectRow>(
    `${selectProjects} join project_members mine using (project_id)
     where mine.user_id = $1 order by p.created_at, p.project_id`,
    [caller.userId],
  );
}

/** A project that the caller belongs to, by id or slug. */
export async function projectBy(
  context: Context,
  caller: Caller,
  key: { readonly projectId: string } | { readonly slug: string },
): Promise<ProjectRow> {
  const [column, value] = 'slug' in key ? ['slug', key.slug] : ['project_id', key.projectId];
  const where = `where p.${column} = $1`;
  const row = await first<ProjectRow>(context.db, `${selectProjects} ${where}`, [value]);
  if (row === undefined) throw projectNotFound();
  await mustBeInProject(context, caller, row.project_id);
  return row;
}

export interface NewProject {
  readonly name: string;
  readonly description: string | null;
  readonly slug: string | undefined;
  readonly color: string;
}

/** A new project starts with its maker and one channel, so that its workspace has something to open. */
export async function createProject(
  context: Context,
  caller: Caller,
  input: NewProject,
): Promise<ProjectRow> {
  const slug = slugOf(input.slug ?? input.name);
  if (slug === '') throw invalid('name must hold a letter or digit');
  const projectId = randomUUID();
  await context.db.tx(async (sql) => {
    const taken = await first(sql, `select 1 from projects where slug = $1`, [slug]);
    if (taken !== undefined) throw conflict('A project with this slug already exists');
    await sql.query(
      `insert into projects (project_id, name, description, slug, color, owner_id, created_by)
       values ($1, $2, $3, $4, $5, $6, $6)`,
      [projectId, input.name, input.description, slug, input.color, caller.userId],
    );
    await sql.query(
      `insert into project_members (project_id, user_id, role) values ($1, $2, 'admin')`,
      [projectId, caller.userId],
    );
    await insertChannel(sql, caller, {
      projectId,
      name: 'general',
      description: null,
      isPrivate: false,
    });
  });
  return projectBy(context, caller, { projectId });
}

export async function projectMembers({ db }: Context, projectId: string): Promise<MemberRow[]> {
  return db.query<MemberRow>(
    `select u.user_id, u.username, u.full_name, u.email, u.avatar_url, u.last_seen,
       pm.role, pm.joined_at, pm.invited_by, host.username as invited_by_username
     from project_members pm
     join users u using (user_id)
     left join users host on host.user_id = pm.invited_by
     where pm.project_id = $1 order by pm.joined_at, u.username`,
    [projectId],
  );
}

export async function addProjectMember(
  context: Context,
  caller: Caller,
  projectId: string,
  { userId, role }: { readonly userId: string; readonly role: string },
): Promise<void> {
  const own = await mustBeInProject(context, caller, projectId);
  if (own !== 'admin' && !isModerator(caller)) {
    throw forbidden('Only an admin can add people to this project');
  }
  const known = await first(context.db, `select 1 from users where user_id = $1`, [userId]);
  if (known === undefined) throw userNotFound();
  const added = await context.db.query(
    `insert into project_members (project_id, user_id, role, invited_by)
     values ($1, $2, $3, $4) on conflict do nothing returning user_id`,
    [projectId, userId, role, caller.userId],
  );
  if (added.length === 0) throw conflict('This person is already a member of this project');
}
