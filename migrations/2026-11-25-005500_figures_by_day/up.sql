-- What the dashboard says of the days that are over, kept once each: nobody counts a million orders to look back.
create table figures_by_day (
  day date not null,
  ready bigint not null,
  waiting bigint not null,
  lines bigint not null,
  filled bigint not null,
  due bigint not null,
  on_time bigint not null,
  constraint figures_by_day_pkey primary key (day),
  constraint figures_by_day_ready_check check (ready >= 0),
  constraint figures_by_day_waiting_check check (waiting >= 0),
  constraint figures_by_day_filled_check check (filled between 0 and lines),
  constraint figures_by_day_on_time_check check (on_time between 0 and due)
);
comment on table figures_by_day is 'The figures of days that are over, in the zone of the company; written once each, when the day is over or later.';
comment on column figures_by_day.ready is 'Orders with all that is left of them reserved in a warehouse, when the day ended.';
comment on column figures_by_day.waiting is 'Orders with something missing in a warehouse, when the day ended.';
comment on column figures_by_day.lines is 'Lines of the orders placed that day.';
comment on column figures_by_day.filled is 'Of these, lines that got all their units from stock the moment the order was placed.';
comment on column figures_by_day.due is 'Lines of purchase orders that were due that day, by the date that counted when it was over.';
comment on column figures_by_day.on_time is 'Of these, lines that had arrived whole by the end of the day.';
