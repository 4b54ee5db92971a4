import type { Me } from '#miniapp/contract/session.ts';
import { WithTexts } from '../../texts/more.tsx';
import { NewTaskForm } from './new-task.tsx';
import { Task } from './task.tsx';
import { TaskList } from './task-list.tsx';
import { tasksTexts } from './texts.ts';

type Place = { page: 'tasks' | 'new-task' } | { page: 'task'; taskId: string };

/** Collecting people: the tasks, a new one, and one as it moves with whom it has found. */
export const TasksPage = ({ me, ...place }: { me: Me } & Place) => (
  <WithTexts more={tasksTexts}>
    {place.page === 'tasks' && <TaskList me={me} />}
    {place.page === 'new-task' && <NewTaskForm me={me} />}
    {place.page === 'task' && <Task me={me} taskId={place.taskId} />}
  </WithTexts>
);
