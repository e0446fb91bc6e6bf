"""What the province gives to partners abroad: works, goods, money, experts, short courses, professional exchange."""
