drop table figures_by_day;
