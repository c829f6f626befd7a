alter table replenishment_choices drop column cover;
