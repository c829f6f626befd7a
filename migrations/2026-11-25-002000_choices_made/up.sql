-- A choice of a buyer knows the figures it was made from: when more covers the need by the time it is ordered, the
-- buyer is told first. What was chosen before is not known to be chosen from any.

alter table replenishment_choices add column cover integer;

comment on column replenishment_choices.cover is
  'Units on hand, incoming and drafted, less those that orders ask for, as the page showed them. Null: not known.';
